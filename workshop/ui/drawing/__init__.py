"""One file per picture: how an outcome is drawn. ``workshop.ui.pictures`` chooses among them."""
