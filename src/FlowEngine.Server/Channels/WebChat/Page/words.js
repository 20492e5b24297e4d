// The page speaks the browser's language where it is one of these, else English.
const all = {
  es: {
    greeting: 'Hola, ¿en qué podemos ayudarte?', write: 'Escribe un mensaje', send: 'Enviar', close: 'Cerrar el chat', open: 'Abrir el chat', messages: 'Mensajes',
    offline: 'Sin conexión. Lo que escribas saldrá cuando vuelva.', earlier: 'Ver mensajes anteriores', today: 'Hoy', yesterday: 'Ayer', contact: 'Si quieres, dinos quién eres:', name: 'Nombre', email: 'Correo',
    waiting: 'Una persona te responderá aquí.', agent: 'Te atiende {0}', finished: 'La conversación terminó. Si escribes, empieza otra.', newEpisode: 'Nueva conversación',
    sending: 'enviando', sent: 'enviado', delivered: 'recibido', read: 'leído', failed: 'no se pudo enviar', typing: 'Escribiendo…', you: 'Tú', unread: '{0} sin leer', media: '[archivo]',
    attach: 'Adjuntar archivos', chosen: 'Archivos elegidos', drop: 'Suelta aquí los archivos', remove: 'Quitar {0}', retry: 'Reintentar', discard: 'Descartar', download: 'Descargar',
    emptyFile: '{0} está vacío.', tooLargeFile: '{0} es demasiado grande: el máximo es {1}.', tooMany: 'Puedes elegir {0} archivos como máximo.',
    image: 'Foto', video: 'Vídeo', audio: 'Audio', document: 'Documento', sticker: 'Sticker',
    tooLarge: 'El archivo es demasiado grande.', tooMuch: 'Has enviado muchos archivos. Inténtalo más tarde.', lost: 'El archivo ya no está en esta página: elígelo otra vez.', broke: 'Se cortó la conexión al enviar el archivo.',
  },
  pt: {
    greeting: 'Olá, como podemos ajudar?', write: 'Escreva uma mensagem', send: 'Enviar', close: 'Fechar o chat', open: 'Abrir o chat', messages: 'Mensagens',
    offline: 'Sem conexão. O que você escrever sairá quando ela voltar.', earlier: 'Ver mensagens anteriores', today: 'Hoje', yesterday: 'Ontem', contact: 'Se quiser, diga quem você é:', name: 'Nome', email: 'E-mail',
    waiting: 'Uma pessoa vai responder aqui.', agent: 'Você fala com {0}', finished: 'A conversa terminou. Se você escrever, começa outra.', newEpisode: 'Nova conversa',
    sending: 'enviando', sent: 'enviada', delivered: 'recebida', read: 'lida', failed: 'não foi possível enviar', typing: 'Escrevendo…', you: 'Você', unread: '{0} não lidas', media: '[arquivo]',
    attach: 'Anexar arquivos', chosen: 'Arquivos escolhidos', drop: 'Solte os arquivos aqui', remove: 'Remover {0}', retry: 'Tentar de novo', discard: 'Descartar', download: 'Baixar',
    emptyFile: '{0} está vazio.', tooLargeFile: '{0} é grande demais: o máximo é {1}.', tooMany: 'Você pode escolher no máximo {0} arquivos.',
    image: 'Foto', video: 'Vídeo', audio: 'Áudio', document: 'Documento', sticker: 'Figurinha',
    tooLarge: 'O arquivo é grande demais.', tooMuch: 'Você enviou muitos arquivos. Tente mais tarde.', lost: 'O arquivo não está mais nesta página: escolha-o de novo.', broke: 'A conexão caiu durante o envio do arquivo.',
  },
  en: {
    greeting: 'Hello, how can we help you?', write: 'Type a message', send: 'Send', close: 'Close the chat', open: 'Open the chat', messages: 'Messages',
    offline: 'No connection. What you write will leave when it is back.', earlier: 'Show earlier messages', today: 'Today', yesterday: 'Yesterday', contact: 'If you like, tell us who you are:', name: 'Name', email: 'E-mail',
    waiting: 'A person will answer you here.', agent: 'You are talking with {0}', finished: 'The conversation has ended. If you write, a new one begins.', newEpisode: 'New conversation',
    sending: 'sending', sent: 'sent', delivered: 'received', read: 'read', failed: 'could not be sent', typing: 'Typing…', you: 'You', unread: '{0} unread', media: '[file]',
    attach: 'Attach files', chosen: 'Chosen files', drop: 'Drop the files here', remove: 'Remove {0}', retry: 'Try again', discard: 'Discard', download: 'Download',
    emptyFile: '{0} is empty.', tooLargeFile: '{0} is too large: the most is {1}.', tooMany: 'You can choose {0} files at most.',
    image: 'Photo', video: 'Video', audio: 'Audio', document: 'Document', sticker: 'Sticker',
    tooLarge: 'The file is too large.', tooMuch: 'You have sent many files. Try again later.', lost: 'The file is no longer on this page: choose it again.', broke: 'The connection broke while the file was being sent.',
  },
};

export const language = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2)).find((tag) => tag in all) ?? 'en';
export const words = all[language];
export const say = (word, ...values) => words[word].replace(/\{(\d)\}/g, (_, place) => values[place]);
