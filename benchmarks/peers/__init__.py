"""Peers: programs that others would write for the same work, to be timed beside selfeval.

Each is run as a process, ``python -m benchmarks.peers.plain WORKSPACE OUT CONSTANTS``: it reads the forms and
targets.xlsx of 2024, scores them by the rules of that year, and writes a workbook a project, a summary and results.csv.
None imports selfeval. They differ in what reads and writes:

* ``plain``: pandas reads, openpyxl writes cell by cell, as an analyst would;
* ``careful``: openpyxl alone, reading and writing row by row, each style made once a workbook;
* ``fast``: calamine reads, XlsxWriter writes; with ``--isal`` it compresses with isal and leaves formulas as they are.

They share what any of them would do alike, so that the libraries are compared: the arithmetic (``scoring``, exact
fractions), what deserves a look (``checks``) and what stands where (``project_book``, ``summary_book``).

CONSTANTS is a file that ``constants`` takes from workbooks and rules of selfeval: texts that no project changes (the
rows of 计分规则, headings, notes, column widths, the two long formulas of a reviewer's row) and the readings that the
rulebook fixes for single indicators. Everything that depends on a project is computed. What a peer leaves out,
selfeval does: part of the summary (概览, 分析, 图表, 整改台账), the department's workbook, problems.csv, projects.csv,
run.json, the guard against bad files, and in the openpyxl peers the stored results of formulas. ``same`` checks the
rest: equal scores, equally many cells, formulas and merged ranges in each sheet of each project.
"""
