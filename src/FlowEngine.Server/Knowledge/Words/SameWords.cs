namespace FlowEngine.Server.Knowledge.Words;

/// <summary>
/// Words for the two things that leads ask every company: what it costs and how long it takes. They ask in many ways, and no stemmer brings
/// "cuesta" and "precio" together. Without accents; the first of each list stands for all. Other words that mean the same in one company's
/// trade are labels of its articles.
/// </summary>
internal static class SameWords
{
    public static readonly string[][] Spanish =
    [
        ["precio", "precios", "cuesta", "cuestan", "costar", "coste", "costes", "costo", "costos", "cobran", "cobra", "cobrais", "cobrar", "tarifa", "tarifas", "importe"],
        ["tardanza", "tarda", "tardan", "tardais", "tardamos", "tardar", "tardara", "tardaran", "demora", "demoran", "demoramos", "demorar", "plazo", "llega", "llegan", "llegar", "llegara"],
    ];

    public static readonly string[][] Portuguese =
    [
        ["preco", "precos", "custa", "custam", "custar", "custo", "custos", "valor", "valores", "cobram", "cobra", "cobrar", "tarifa", "tarifas"],
        ["demora", "demoram", "demorar", "demoramos", "prazo", "chega", "chegam", "chegar", "leva", "levam"],
    ];

    public static readonly string[][] English =
    [
        ["price", "prices", "pricing", "cost", "costs", "fee", "fees", "charge", "charges", "rate", "rates", "much"],
        ["duration", "long", "take", "takes", "arrive", "arrives", "arrival"],
    ];
}
