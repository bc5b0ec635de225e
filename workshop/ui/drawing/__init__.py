"""One file per picture: how an outcome is drawn. ``workshop.ui.drawing.pictures`` chooses among them."""
