"""What media ids stand for, without a Home Assistant."""
