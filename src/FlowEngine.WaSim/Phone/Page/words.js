// The page speaks the browser's language where it is one of these, else English.
const all = {
  es: {
    title: 'Personas', about: 'Este es un WhatsApp de prueba: escribe como si fueras el cliente. Nada sale de este servidor.',
    newName: 'Nombre de alguien', join: 'Añadir', restart: 'Empezar de cero', restartSure: '¿Borrar a todas las personas y sus mensajes?',
    business: 'La empresa', asWhom: 'Escribes como', write: 'Escribe un mensaje', send: 'Enviar', attach: 'Adjuntar',
    empty: 'Elige a una persona o añade una, y saluda a la empresa.', emptyChat: 'Escribe «hola» para empezar.',
    image: 'Foto', voice: 'Nota de voz', document: 'Documento', location: 'Ubicación', unsupported: 'Algo que no llega (encuesta)',
    sticker: 'Sticker', audio: 'Audio', video: 'Vídeo', other: 'Mensaje', template: 'Plantilla', choose: 'Elegir', close: 'Cerrar', back: 'Volver',
    offline: 'Sin conexión', nothing: 'Sin mensajes', waiting: 'en camino', delivered: 'recibido', read: 'leído', sent: 'enviado', failed: 'no enviado',
    file: 'Foto, vídeo o archivo…', samples: 'O envía un ejemplo:', fileTitle: 'Enviar archivo', caption: 'Añade un comentario', cancel: 'Cancelar',
    tooLarge: 'El archivo es demasiado grande para WhatsApp.', notTaken: 'El archivo no se pudo enviar.', gone: 'El archivo ya no está.', save: 'Guardar el archivo',
    you: 'Tú', today: 'Hoy',
  },
  pt: {
    title: 'Pessoas', about: 'Este é um WhatsApp de teste: escreva como se fosse o cliente. Nada sai deste servidor.',
    newName: 'Nome de alguém', join: 'Adicionar', restart: 'Começar do zero', restartSure: 'Apagar todas as pessoas e suas mensagens?',
    business: 'A empresa', asWhom: 'Você escreve como', write: 'Escreva uma mensagem', send: 'Enviar', attach: 'Anexar',
    empty: 'Escolha uma pessoa ou adicione uma, e diga oi para a empresa.', emptyChat: 'Escreva «oi» para começar.',
    image: 'Foto', voice: 'Mensagem de voz', document: 'Documento', location: 'Localização', unsupported: 'Algo que não chega (enquete)',
    sticker: 'Figurinha', audio: 'Áudio', video: 'Vídeo', other: 'Mensagem', template: 'Modelo', choose: 'Escolher', close: 'Fechar', back: 'Voltar',
    offline: 'Sem conexão', nothing: 'Sem mensagens', waiting: 'a caminho', delivered: 'recebida', read: 'lida', sent: 'enviada', failed: 'não enviada',
    file: 'Foto, vídeo ou arquivo…', samples: 'Ou envie um exemplo:', fileTitle: 'Enviar arquivo', caption: 'Adicione um comentário', cancel: 'Cancelar',
    tooLarge: 'O arquivo é grande demais para o WhatsApp.', notTaken: 'Não foi possível enviar o arquivo.', gone: 'O arquivo não está mais aqui.', save: 'Salvar o arquivo',
    you: 'Você', today: 'Hoje',
  },
  en: {
    title: 'People', about: 'This is a WhatsApp for trying things out: write as if you were the customer. Nothing leaves this server.',
    newName: 'A name', join: 'Add', restart: 'Start over', restartSure: 'Delete all people and their messages?',
    business: 'The company', asWhom: 'You write as', write: 'Type a message', send: 'Send', attach: 'Attach',
    empty: 'Choose a person or add one, and say hello to the company.', emptyChat: 'Write “hello” to begin.',
    image: 'Photo', voice: 'Voice note', document: 'Document', location: 'Location', unsupported: 'Something that cannot arrive (poll)',
    sticker: 'Sticker', audio: 'Audio', video: 'Video', other: 'Message', template: 'Template', choose: 'Choose', close: 'Close', back: 'Back',
    offline: 'Offline', nothing: 'No messages', waiting: 'on its way', delivered: 'received', read: 'read', sent: 'sent', failed: 'not sent',
    file: 'Photo, video or file…', samples: 'Or send an example:', fileTitle: 'Send a file', caption: 'Add a caption', cancel: 'Cancel',
    tooLarge: 'The file is too large for WhatsApp.', notTaken: 'The file could not be sent.', gone: 'The file is no longer there.', save: 'Save the file',
    you: 'You', today: 'Today',
  },
};

export const language = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2)).find((tag) => tag in all) ?? 'en';
export const words = all[language];
