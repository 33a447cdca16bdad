"""What goes wrong is said once, where the page has a place for it, and again after a rerun."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def script() -> None:
    import streamlit as st

    from lenet.drawing import InkError
    from pages.parts.common import errors

    def fail() -> None:
        raise InkError("No *ink*.")

    st.button("callback", on_click=lambda: errors.attempt_show_later(fail))
    st.button("own_rerun", on_click=errors.repeat_after_rerun)
    if st.button("step"):
        st.text(f"{errors.attempt(fail)} {errors.attempt(lambda: 7)}")
    st.text("below")
    errors.show_pending()


def sentences(page: AppTest) -> list[str]:
    return [error.value for error in page.error]


def test_a_step_that_fails_gives_nothing_and_a_sentence_without_markup() -> None:
    page = AppTest.from_function(script).run()
    assert not page.error
    page.button[2].click().run()
    assert not page.exception
    assert sentences(page) == [r"No \*ink\*."]
    assert page.text[0].value == "None 7"


def test_what_fails_in_a_callback_is_said_on_the_page_and_once() -> None:
    page = AppTest.from_function(script).run()
    page.button[0].click().run()
    assert sentences(page) == [r"No \*ink\*."]
    page.run()
    assert not page.error


def test_a_page_that_runs_again_by_itself_says_it_again() -> None:
    page = AppTest.from_function(script).run()
    page.button[2].click().run()
    page.button[1].click().run()
    assert sentences(page) == [r"No \*ink\*."]


def test_errors_that_nobody_expects_are_not_swallowed() -> None:
    def surprising() -> None:
        from pages.parts.common import errors

        def fail() -> None:
            raise ZeroDivisionError

        errors.attempt(fail)

    assert AppTest.from_function(surprising).run().exception
