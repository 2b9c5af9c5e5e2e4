"""Finding attributed statements in news text by rules. Plain Python: no model, no Django, no files.

Text is cut into passages whose quotations are single items (`passages`); each word gets a class, so that grammar
is written as regular expressions over the letters of classes (`word_classes`). Reporting words make frames
(`frames`), frames find their source (`source_spans`) and their content (`contents`), quotations without a frame of
their own go on where an earlier one left off (`continuing`); then names are resolved and chains built.
"""
