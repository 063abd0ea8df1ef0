"""Who may ask and command what, and which listeners' history they may see."""
