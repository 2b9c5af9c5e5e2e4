"""The lines of long lists, for templates."""

from django import template

from annotations.web.lines import article_rows, happening_items, option_list, statement_lines

register = template.Library()
register.simple_tag(article_rows)
register.simple_tag(option_list)
register.simple_tag(happening_items)
register.simple_tag(statement_lines)
