"""What stands on the page that shows a reading beside its paper? The paper with its marks, the cards, and the page's template."""
