"""The pages: where coordinators and working groups do their part in a browser. They know `models`, never Prefect.

application.py   the application, made for one installation
session.py       who visits, and how the browser is known
security.py      what every answer and every form is guarded by
language.py      texts in Finnish, Swedish and English
rendering.py     templates and static files
answers.py       how each refusal is answered
place.py         one process, as the visitor may see it
monitoring.py    what watches the machines is told
views/           what a page shows, as plain values
pages/           the routes: parse, ask the engine, redirect
"""
