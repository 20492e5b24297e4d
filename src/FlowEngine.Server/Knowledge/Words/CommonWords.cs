namespace FlowEngine.Server.Knowledge.Words;

/// <summary>
/// What people say to a company in every second message and what therefore tells no article from another: greetings, thanks, question
/// words, "I would like to know". The analyzers' own stop words stand beside these. Without accents.
/// </summary>
internal static class CommonWords
{
    public static readonly string[] Spanish = Split(
        """
        hola buenas buenos dias tardes noches saludos gracias favor porfavor porfa disculpa disculpe perdon amigo amiga senor senora
        que cual cuales quien quienes como cuando donde cuanto cuanta cuantos cuantas porque cuales
        quiero queria quisiera gusta gustan querria necesito necesitaria deseo me gustaria puedo puede pueden podria podrian podemos pudiera puedes
        saber sabe saben sabes conocer consultar consulta pregunta preguntar decir dime digame decirme informacion info ayuda ayudar ayudarme duda
        tienen tiene tengo hay existe existen hacen hace hago hacer ofrecen ofrece dan da dar usted ustedes vosotros
        ir voy van va debo debe deben tener ser estar si no ya ok vale bueno entonces ahora aqui alli tambien solo mas
        """);

    public static readonly string[] Portuguese = Split(
        """
        ola oi bom boa dia tarde noite obrigado obrigada favor desculpa desculpe por amigo amiga senhor senhora
        que qual quais quem como quando onde quanto quanta quantos quantas porque
        quero queria gostaria gosto preciso precisaria desejo posso pode podem poderia poderiam podemos pudesse consigo consegue conseguem
        saber sabe sabem conhecer consultar consulta pergunta perguntar dizer diga informacao informacoes info ajuda ajudar duvida
        voce voces tem temos tenho ha existe existem fazem faz faco fazer oferecem oferece dao da dar
        ir vou vao vai devo deve devem ter ser estar sim nao ja ok bem entao agora aqui ali tambem so mais pra pro
        """);

    public static readonly string[] English = Split(
        """
        hello hi hey good morning afternoon evening thanks thank please sorry sir madam
        what which who whom whose how when where why many
        i you he she we they me my mine your yours our ours us them his her its it
        want wanted would find found look looking don doesn didn isn aren won ll re ve could can may might should must need like wish know knows tell ask question information info help
        do does did doing done have has had having am is are was were be been being get got getting go going make
        there here about any some from to so just also yes not ok okay then now than too very
        """);

    private static string[] Split(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
