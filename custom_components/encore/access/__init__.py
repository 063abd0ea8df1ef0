"""Who may ask and command what, and whose history they may see."""
