"""What hands, pens and browsers do to a drawing: nothing is lost and nothing throws."""

import digits
import numpy as np
import pytest
from pen import RIGHT, Fingers, Pen
from visits import PHONE, TABLET

# WebKitGTK 2.50's driver presses the right button and never lets it go again.
RIGHT_CLICKS = pytest.mark.only("chromium", "firefox")

LINE = [(0.3, y / 10) for y in range(2, 9)]


def strokes_on(page):
    """Count the strokes on the pad by undoing them all, and put them back."""
    count = 0
    while (
        page.frame().settle().js("return document.getElementById('answer').dataset.why") != "blank"
    ):
        page.press("undo")
        count += 1
    for _ in range(count):
        page.press("redo")
    return count


def pad_has(page, box, slack=0.06):
    """Check what the ink covers of the pad: left, top, right, bottom, from the pen's middle."""
    assert page.ink_box() == pytest.approx(box, abs=slack)


def test_a_downward_finger_draws_and_does_not_scroll(page):
    """On a phone, where the page is longer than the screen."""
    kind = "mouse" if page.driver.family == "webkit" else "touch"
    page.resize(*PHONE)
    page.pad()
    before = page.js("return scrollY")
    assert page.js("return document.documentElement.scrollHeight > innerHeight")
    page.draw([[(0.5, y / 20) for y in range(2, 19)]], kind)
    assert page.answer() == "1"
    assert page.js("return scrollY") == before
    pad_has(page, (0.47, 0.07, 0.53, 0.93))


@pytest.mark.only("chromium", "firefox")
def test_a_second_finger_joins_no_strokes(page):
    """The palm beside the finger draws nothing, whether it is lifted first or last."""
    fingers = Fingers(page)
    fingers.down("index", LINE[0])
    for n, place in enumerate(LINE[1:]):
        fingers.move("index", place)
        if n == 1:
            fingers.down("palm", (0.8, 0.8))
        if n == 2:
            fingers.move("palm", (0.9, 0.9))
        if n == 3:
            fingers.up("palm")
    fingers.down("palm", (0.9, 0.2))
    fingers.up("index")
    fingers.move("palm", (0.8, 0.3))
    fingers.up("palm")
    assert strokes_on(page) == 1
    pad_has(page, (0.27, 0.17, 0.33, 0.83))


@pytest.mark.only("chromium", "firefox")
def test_after_a_palm_the_next_finger_draws(page):
    """Nothing stays stuck: a stroke drawn after that is a stroke of its own."""
    fingers = Fingers(page)
    fingers.down("index", (0.3, 0.2))
    fingers.down("palm", (0.8, 0.8))
    fingers.move("index", (0.3, 0.8))
    fingers.up("index")
    fingers.up("palm")
    page.draw([[(0.7, 0.2), (0.7, 0.8)]], "touch")
    assert strokes_on(page) == 2
    pad_has(page, (0.27, 0.17, 0.73, 0.83))


def test_strokes_beyond_the_pad_stay_on_it(page):
    """The pen leaves the pad and comes back: one stroke, kept at the edge where it was outside."""
    page.draw([[(0.5, 0.5), (0.5, 1.2), (0.9, 1.3), (0.9, 0.5)]])
    assert strokes_on(page) == 1
    pad_has(page, (0.47, 0.47, 0.93, 1.0))


def test_a_pen_lifted_outside_the_pad_is_up(page):
    """Capture: coming back without a button pressed draws nothing."""
    pen = Pen(page)
    pen.down((0.5, 0.3))
    pen.move([(0.5, 0.6), (0.5, 1.1)])
    pen.up()
    lit = page.settle().inked()
    pen.move([(0.1, 0.1), (0.9, 0.1)])
    assert page.settle().inked() == lit


def test_the_pen_may_leave_the_window(page):
    """To its very edge, as far as a driver can go, and lifted there."""
    left, top, side = page.pad()
    pen = Pen(page)
    pen.down((0.5, 0.5))
    pen.move([((1 - left) / side, 0.5), ((1 - left) / side, (1 - top) / side)])
    pen.up()
    pad_has(page.settle(), (0.0, 0.0, 0.53, 0.53))
    assert strokes_on(page) == 1


def note_the_pointer(page):
    """Keep the number that the browser gives to the next pointer."""
    page.js(
        "document.getElementById('pad').addEventListener('pointerdown',"
        " (event) => { window.lastPointer = event.pointerId; }, { once: true })"
    )


@pytest.mark.parametrize("loss", ["pointercancel", "lostpointercapture"])
def test_a_lost_pointer_keeps_the_stroke_and_ends_it(page, loss):
    """As when the system takes a gesture over. What the pen does then draws nothing."""
    note_the_pointer(page)
    pen = Pen(page)
    pen.down((0.3, 0.2))
    pen.move([(0.3, 0.5), (0.3, 0.8)])
    lit = page.settle().inked()
    if loss == "pointercancel":
        page.js(
            "document.getElementById('pad').dispatchEvent(new PointerEvent('pointercancel',"
            " { pointerId: window.lastPointer, bubbles: true }))"
        )
    else:
        page.js("document.getElementById('pad').releasePointerCapture(window.lastPointer)")
    page.frame()
    pen.move([(0.5, 0.8), (0.8, 0.2)])
    assert page.settle().inked() == lit
    pen.up()
    page.draw([[(0.7, 0.2), (0.7, 0.8)]])
    assert strokes_on(page) == 2


@RIGHT_CLICKS
def test_a_right_click_draws_nothing(page):
    """Nor does it open a menu over the drawing."""
    page.js(
        "window.menus = [];"
        "addEventListener('contextmenu', (event) => window.menus.push(event.defaultPrevented))"
    )
    pen = Pen(page)
    pen.down((0.5, 0.5), button=RIGHT)
    pen.move([(0.8, 0.8)])
    pen.up(button=RIGHT)
    assert page.frame().settle().answer() == "blank"
    assert not [menu for menu in page.js("return window.menus") if not menu]


@RIGHT_CLICKS
def test_a_right_click_in_mid_stroke_loses_nothing(page):
    """The other button goes down and up while the pen draws."""
    pen = Pen(page)
    pen.down((0.3, 0.2))
    pen.move([(0.3, 0.5)])
    pen.down((0.3, 0.5), button=RIGHT)
    pen.up(button=RIGHT)
    pen.move([(0.3, 0.8)])
    pen.up()
    page.settle()
    pad_has(page, (0.27, 0.17, 0.33, 0.83))


@pytest.mark.parametrize("event", ["visibilitychange", "blur"])
def test_a_page_that_is_left_in_mid_stroke_keeps_it(page, event):
    """The pen's up never comes. What was drawn stays, and the pen is up on coming back."""
    pen = Pen(page)
    pen.down((0.3, 0.2))
    pen.move([(0.3, 0.5), (0.3, 0.8)])
    lit = page.settle().inked()
    hidden = (
        "Object.defineProperty(document, 'visibilityState', { configurable: true, value: '%s' });"
    )
    hidden += "Object.defineProperty(document, 'hidden', { configurable: true, value: %s });"
    tell = "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));"
    if event == "blur":
        page.js("window.dispatchEvent(new FocusEvent('blur'))")
    else:
        page.js(hidden % ("hidden", "true") + tell)
        page.js(hidden % ("visible", "false") + tell)
        page.js("delete document.visibilityState; delete document.hidden;")
    page.frame()
    pen.move([(0.6, 0.8), (0.9, 0.2)])
    assert page.settle().inked() == lit
    pen.up()
    page.draw([[(0.7, 0.2), (0.7, 0.8)]])
    assert strokes_on(page) == 2


@pytest.mark.only("chromium")
def test_another_tab_in_mid_stroke_keeps_it(page):
    """The same, truly: another tab comes to the front while the pen is down."""
    driver = page.driver
    here = driver.current_window_handle
    pen = Pen(page)
    pen.down((0.3, 0.2))
    pen.move([(0.3, 0.8)])
    lit = page.settle().inked()
    driver.switch_to.new_window("tab")
    driver.close()
    driver.switch_to.window(here)
    assert page.settle().inked() == lit
    pen.up()
    page.draw([[(0.7, 0.2), (0.7, 0.8)]])
    assert strokes_on(page) == 2


def moving_to(place, buttons):
    """JavaScript that moves the pointer of the last stroke to a place of the pad.

    A driver cannot let a button go where the browser does not see it, nor move between a window's new
    size and the page's next layout. So these moves are made by hand.
    """
    return (
        "const pad = document.getElementById('pad'), box = pad.getBoundingClientRect();"
        "pad.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, cancelable: true,"
        f" pointerId: window.lastPointer, pointerType: 'mouse', buttons: {buttons},"
        f" clientX: box.left + {place[0]} * box.width, clientY: box.top + {place[1]} * box.height }}));"
    )


def test_a_button_let_go_outside_the_window_is_up(page):
    """Its up was never told. The mouse comes back with no button pressed, and draws nothing more."""
    note_the_pointer(page)
    pen = Pen(page)
    pen.down((0.3, 0.2))
    pen.move([(0.3, 0.5), (0.3, 0.8)])
    page.js(moving_to((0.9, 0.9), buttons=0))
    # The driver's own button is still down, but the stroke has ended.
    pen.move([(0.6, 0.5), (0.8, 0.2)])
    pad_has(page.settle(), (0.27, 0.17, 0.33, 0.83))
    pen.up()
    page.draw([[(0.7, 0.2), (0.7, 0.8)]])
    assert strokes_on(page) == 2
    pad_has(page, (0.27, 0.17, 0.73, 0.83))


def test_a_resize_in_mid_stroke_keeps_it_as_it_was(page):
    """The screen is turned while the pen is down: the pad moves under the pen, the ink with the pad."""
    note_the_pointer(page)
    pen = Pen(page)
    pen.down((0.3, 0.2))
    pen.move([(0.3, 0.5), (0.3, 0.8)])
    page.settle()
    move = moving_to((0.9, 0.9), buttons=1)
    page.js(f"addEventListener('resize', () => {{ {move} }}, {{ once: true }})")
    page.resize(*TABLET)
    pad_has(page.settle(), (0.27, 0.17, 0.33, 0.83))
    pen.up()
    page.draw([[(0.7, 0.2), (0.7, 0.8)]])
    assert strokes_on(page) == 2
    pad_has(page, (0.27, 0.17, 0.73, 0.83))


def test_zoom_and_pixel_density_do_not_matter(page):
    """The same drawing on a screen with other pixels gives the same 784 numbers."""
    page.draw(digits.strokes(9)).settle()
    before = np.array(page.pixels())
    lit = page.inked()
    page.resize(*PHONE)
    assert np.array_equal(page.settle().pixels(), before)
    assert page.inked() != lit
    assert page.answer() == "9"


@pytest.mark.only("firefox")
def test_moves_within_one_millisecond_are_all_kept(page):
    """Firefox reports them early, and its clock counts in whole milliseconds."""
    t = np.arange(300) / 300
    spiral = np.column_stack(
        [0.5 + 0.4 * (1 - t / 3) * f(15 * np.pi * t) for f in (np.cos, np.sin)]
    )
    before = page.ink()
    page.draw([spiral.tolist()]).settle()
    assert page.ink() == before + 300


def test_thousands_of_points_are_all_kept(page):
    """Round and round, 2,400 points in one stroke, all sent to the engine and answered."""
    t = np.arange(2400) / 2400
    radius = 0.05 + 0.4 * t
    turns = 2 * np.pi * 40 * t
    spiral = np.column_stack([0.5 + radius * np.cos(turns), 0.5 + radius * np.sin(turns)])
    scribbled = (
        "const pad = document.getElementById('pad'), box = pad.getBoundingClientRect();"
        "const send = (type, [x, y], buttons) => pad.dispatchEvent(new PointerEvent(type, {"
        " bubbles: true, cancelable: true, pointerId: window.lastPointer, pointerType: 'mouse',"
        " isPrimary: true, buttons, button: type === 'pointermove' ? -1 : 0,"
        " clientX: box.left + x * box.width, clientY: box.top + y * box.height }));"
        "const points = arguments[0];"
        "for (const point of points) send('pointermove', point, 1);"
    )
    note_the_pointer(page)
    pen = Pen(page)
    pen.down(tuple(spiral[0]))
    page.js(scribbled, spiral.tolist())
    pen.up()
    page.settle(60)
    assert strokes_on(page) == 1
    pad_has(page, (0.03, 0.03, 0.97, 0.97))
    assert page.ink() > 2000
