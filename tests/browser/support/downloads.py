"""What the page has the browser save, as a file on this machine. WebKitGTK's driver cannot say where."""

from contextlib import contextmanager

BROWSERS = ("chromium", "firefox")


@contextmanager
def saving(page, folder):
    """Have the browser save into a folder. Gives a function that waits for a file and reads it."""
    _save_into(page.driver, folder)

    def read(name):
        path = folder / name
        # The browsers make a file of another name, or an empty one, and fill it.
        page.wait(lambda: path.exists() and path.stat().st_size, f"{name} is saved")
        return path.read_bytes()

    try:
        yield read
    finally:
        _save_into(page.driver, None)


def _save_into(driver, folder):
    if driver.family == "chromium":
        wanted = {"behavior": "allow", "downloadPath": str(folder)}
        driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", wanted if folder else {"behavior": "default"}
        )
    elif folder:
        driver.browser.set_download_behavior(allowed=True, destination_folder=str(folder))
    else:
        driver.browser.set_download_behavior()
