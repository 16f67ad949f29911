// Runs before everything else. The page may parse HTML that our own server sent; scripts stay refused.
if (window.trustedTypes) trustedTypes.createPolicy("default", { createHTML: (text) => text });
