"""What every door of the room stands in: facade, guards, cookies, forms, answers, reception."""
