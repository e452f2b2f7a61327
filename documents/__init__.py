"""What does a paper say? Readers of files, and pure stages from paragraphs to proposed tasks.

``readers.read_bytes`` and ``readers.read_text`` give a ``papers.Paper``; ``reading.read`` gives a ``domain.readings.Reading``;
``form.to_form`` and ``form.from_form`` carry it to JSON and back. Reasons to refuse a paper are in ``reasons``, the codes of
what looks odd in ``codes``.
"""
