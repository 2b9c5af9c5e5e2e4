"""HTML that was put together by hand, as a browser reads it."""

from html.parser import HTMLParser


class Read(HTMLParser):
    """Tags and attributes in order, the text, and how many elements stand open at the end."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.text, self.depth = [], [], "", 0
        self.feed(str(markup))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.depth += 1

    def handle_endtag(self, tag):
        self.depth -= 1

    def handle_data(self, data):
        self.text += data
