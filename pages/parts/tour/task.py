"""The task that a link brings along, above whichever page it is about."""

from __future__ import annotations

import streamlit as st

from lenet.tour import task as tasks
from lenet.tour.task import TaskError
from pages.parts.common.component import component
from pages.parts.common.errors import escape_markdown
from pages.parts.network import bundle

TASK = "task"
"""The name in the address."""

_task = component("task")


def show() -> None:
    """Show the task in the address; one that cannot be read is a sentence."""
    text = st.query_params.get(TASK)
    if text is None:
        return
    try:
        task = tasks.read(text)
    except TaskError as error:
        st.warning(escape_markdown(str(error)))
        return
    with st.container(key=TASK):
        _task(key="task_shown", data=bundle.packed(task=task.described()))
