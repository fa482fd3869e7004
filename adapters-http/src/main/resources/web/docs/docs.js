/** The explorer: everything comes from this gateway, and calls go with the page's own session cookie. */
window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#explorer',
  deepLinking: true,
  displayOperationId: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: false,
  validatorUrl: null,
  syntaxHighlight: { activated: true },
});
