"""How is it tried without a network or a token? Loopback twins of the Bot APIs, and the demo's story."""
