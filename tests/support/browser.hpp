#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Drives a headless Chromium over the DevTools protocol, for tests of pages: real input events, real layout.

namespace rapport::test {

/// Whether there is a Chromium on this machine; if not, the tests say RAPPORT_SKIP.
bool have_browser();

/// Something that assistive technology sees.
struct AccessibleNode {
    std::string role{};  ///< "button", "textbox", ...
    std::string name{};
};

struct BrowserImpl;

/// One tab. Everything throws std::runtime_error with words when the browser says no or a wait takes too
/// long.
class WebPage {
public:
    WebPage(std::shared_ptr<BrowserImpl> browser, std::string session) noexcept;

    boost::asio::awaitable<void> go(std::string url);
    boost::asio::awaitable<void> reload();
    /// The value of a JavaScript expression as JSON text ("12", "\"words\"", "true"); promises are awaited.
    boost::asio::awaitable<std::string> evaluate(std::string expression);
    /// The same for an expression that gives a string.
    boost::asio::awaitable<std::string> text(std::string expression);
    /// Waits until the expression holds; `what` names it in the failure.
    boost::asio::awaitable<void> wait_for(std::string expression, std::string what,
                                          std::chrono::milliseconds limit = std::chrono::seconds{10});
    /// Waits until the page shows that text somewhere.
    boost::asio::awaitable<void> wait_for_text(std::string words,
                                               std::chrono::milliseconds limit = std::chrono::seconds{10});
    /// Presses the mouse in the middle of the first visible element of that CSS selector (scrolled into
    /// view).
    boost::asio::awaitable<void> click(std::string selector);
    /// Clicks the first visible button, link or label whose text is `words`.
    boost::asio::awaitable<void> click_text(std::string words);
    /// Types into whatever has the focus, as one insertion.
    boost::asio::awaitable<void> type(std::string words);
    /// Presses one key: "Enter", "Tab", "Escape", "ArrowDown", " ", or a letter. `shift` holds Shift.
    boost::asio::awaitable<void> key(std::string name, bool shift = false);
    boost::asio::awaitable<void> resize(int width, int height, bool dark = false);
    /// Writes a PNG of what is visible.
    boost::asio::awaitable<void> screenshot(std::string file);
    /// Everything that assistive technology sees.
    boost::asio::awaitable<std::vector<AccessibleNode>> accessibility();
    /// Errors that the page threw or logged since it was opened.
    std::vector<std::string> errors() const;

private:
    friend class Browser;
    boost::asio::awaitable<std::string> call(std::string method, std::string params = "{}");
    boost::asio::awaitable<void> click_at(std::string element, std::string what);

    std::shared_ptr<BrowserImpl> browser_;
    std::string session_;
};

/// One Chromium with a profile of its own in a temporary folder. Killed and removed with this object.
class Browser {
public:
    /// Starts it and connects.
    static boost::asio::awaitable<Browser> start();
    Browser(Browser&&) noexcept;
    Browser& operator=(Browser&&) noexcept;
    ~Browser();

    /// A new tab. `own_context`: with cookies and storage of its own, as another person's browser has them.
    boost::asio::awaitable<WebPage> open(std::string url, bool own_context = true);
    /// A tab in the same context as `beside`'s: shares its storage.
    boost::asio::awaitable<WebPage> open_beside(const WebPage& beside, std::string url);

private:
    explicit Browser(std::shared_ptr<BrowserImpl> impl) noexcept;
    std::shared_ptr<BrowserImpl> impl_;
};

}  // namespace rapport::test
