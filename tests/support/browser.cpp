#include "support/browser.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

#include "adapters/net/client.hpp"
#include "adapters/net/with_timeout.hpp"

namespace rapport::test {
namespace asio = boost::asio;
namespace json = boost::json;
namespace fs = std::filesystem;
using asio::awaitable;
using namespace std::chrono_literals;

namespace {

/// The first of the usual names that can be run; empty if there is none.
std::string chromium() {
    for (const char* file : {"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"}) {
        if (access(file, X_OK) == 0) return file;
    }
    return {};
}

/// Starts Chromium in a process group of its own, which dies with this process at the latest.
pid_t launch(const fs::path& profile) {
    const std::string program = chromium();
    const std::string data = "--user-data-dir=" + profile.string();
    const std::array<const char*, 17> arguments{program.c_str(),
                                                "--headless=new",
                                                "--no-sandbox",
                                                "--disable-gpu",
                                                "--disable-quic",
                                                "--no-first-run",
                                                "--disable-background-networking",
                                                "--disable-component-update",
                                                "--disable-sync",
                                                "--disable-dev-shm-usage",
                                                "--disable-extensions",
                                                "--hide-scrollbars",
                                                "--lang=en-GB",
                                                "--remote-debugging-port=0",
                                                data.c_str(),
                                                "about:blank",
                                                nullptr};
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot start another process");
    if (child > 0) return child;
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, 0);
    dup2(nothing, 1);
    dup2(nothing, 2);
    // Or a server that the test stops would still be listening there.
    close_range(3, ~0U, 0);
    setenv("TZ", "UTC", 1);
    execv(program.c_str(), const_cast<char* const*>(arguments.data()));
    _exit(127);
}

awaitable<void> rest(std::chrono::milliseconds time) {
    asio::steady_timer timer{co_await asio::this_coro::executor, time};
    co_await timer.async_wait(asio::use_awaitable);
}

std::string in_quotes(std::string_view words) {
    return json::serialize(json::value(words));
}

}  // namespace

bool have_browser() {
    return !chromium().empty();
}

struct BrowserImpl {
    explicit BrowserImpl(fs::path folder) : profile(std::move(folder)), process(launch(profile)) {}
    ~BrowserImpl() {
        kill(-process, SIGKILL);
        kill(process, SIGKILL);
        waitpid(process, nullptr, 0);
        std::error_code ignored;
        for (int i = 0; i < 20 && fs::exists(profile, ignored); ++i) {
            fs::remove_all(profile, ignored);
            if (ignored) usleep(20'000);
        }
    }
    BrowserImpl(const BrowserImpl&) = delete;
    BrowserImpl& operator=(const BrowserImpl&) = delete;

    /// Chromium writes its port and path there once it listens.
    awaitable<std::string> address() {
        for (int i = 0; i < 1500; ++i) {
            std::ifstream file{profile / "DevToolsActivePort"};
            std::string port;
            std::string path;
            if (std::getline(file, port) && std::getline(file, path))
                co_return "ws://127.0.0.1:" + port + path;
            co_await rest(20ms);
        }
        throw std::runtime_error("Chromium did not start within 30 s");
    }

    awaitable<void> connect() {
        net::ClientOptions options;
        options.websocket.message = 64 * 1024 * 1024;
        options.websocket.idle = 10min;
        const std::string url = co_await address();
        Result<net::WebSocket> opened = co_await net::connect_websocket(url, {}, options);
        if (!opened) throw std::runtime_error(opened.error().what);
        socket = std::make_unique<net::WebSocket>(std::move(*opened));
    }

    /// Sends a command and reads until its answer comes; what else comes is an event. One caller at a time.
    awaitable<json::object> call(std::string method, json::object params, std::string session) {
        const int id = ++last_id;
        json::object command{{"id", id}, {"method", method}, {"params", std::move(params)}};
        if (!session.empty()) command["sessionId"] = session;
        if (!socket->try_send(json::serialize(command))) throw std::runtime_error("Chromium is gone");
        for (;;) {
            Result<std::string> text = co_await net::with_timeout(socket->read(), 30s, method);
            if (!text) throw std::runtime_error(method + ": " + text.error().what);
            json::object answer = json::parse(*text).as_object();
            const json::value* number = answer.if_contains("id");
            if (number == nullptr) {
                note(answer);
            } else if (number->as_int64() == id) {
                if (const json::value* error = answer.if_contains("error")) {
                    throw std::runtime_error(method + ": " + json::serialize(*error));
                }
                co_return std::move(answer["result"].as_object());
            }
        }
    }

    /// Keeps what pages complain about, but for a server that a test has stopped on purpose.
    void note(const json::object& event) {
        const std::string method{event.at("method").as_string()};
        const bool thrown = method == "Runtime.exceptionThrown";
        if (!thrown && method != "Log.entryAdded") return;
        const std::string words = json::serialize(event.at("params"));
        const bool error = thrown || words.find("\"level\":\"error\"") != std::string::npos;
        if (!error || words.find("ERR_CONNECTION_") != std::string::npos) return;
        const json::value* session = event.if_contains("sessionId");
        errors[session != nullptr ? std::string{session->as_string()} : std::string{}].push_back(words);
    }

    /// A new tab, and the session that speaks with it.
    awaitable<std::string> attach(std::string context) {
        json::object target{{"url", "about:blank"}};
        if (!context.empty()) target["browserContextId"] = context;
        json::object created = co_await call("Target.createTarget", std::move(target), {});
        json::object attached = co_await call("Target.attachToTarget",
                                              {{"targetId", created.at("targetId")}, {"flatten", true}}, {});
        const std::string session{attached.at("sessionId").as_string()};
        contexts[session] = context;
        co_await call("WebPage.enable", {}, session);
        co_await call("Runtime.enable", {}, session);
        co_await call("Log.enable", {}, session);
        co_await call("Emulation.setFocusEmulationEnabled", {{"enabled", true}}, session);
        co_return session;
    }

    fs::path profile;
    pid_t process;
    std::unique_ptr<net::WebSocket> socket{};
    int last_id = 0;
    std::map<std::string, std::vector<std::string>> errors{};  ///< By session.
    std::map<std::string, std::string> contexts{};             ///< By session.
};

Browser::Browser(std::shared_ptr<BrowserImpl> impl) noexcept : impl_(std::move(impl)) {}
Browser::Browser(Browser&&) noexcept = default;
Browser& Browser::operator=(Browser&&) noexcept = default;
Browser::~Browser() = default;

awaitable<Browser> Browser::start() {
    std::string folder = (fs::temp_directory_path() / "rapport-browser-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
    const auto impl = std::make_shared<BrowserImpl>(folder);
    co_await impl->connect();
    co_return Browser{impl};
}

awaitable<WebPage> Browser::open(std::string url, bool own_context) {
    std::string context;
    if (own_context) {
        json::object created = co_await impl_->call("Target.createBrowserContext", {}, {});
        context = created.at("browserContextId").as_string();
    }
    WebPage page{impl_, co_await impl_->attach(context)};
    co_await page.go(url);
    co_return page;
}

awaitable<WebPage> Browser::open_beside(const WebPage& beside, std::string url) {
    WebPage page{impl_, co_await impl_->attach(impl_->contexts[beside.session_])};
    co_await page.go(url);
    co_return page;
}

WebPage::WebPage(std::shared_ptr<BrowserImpl> browser, std::string session) noexcept
    : browser_(std::move(browser)), session_(std::move(session)) {}

awaitable<std::string> WebPage::call(std::string method, std::string params) {
    json::object answer = co_await browser_->call(method, json::parse(params).as_object(), session_);
    co_return json::serialize(answer);
}

awaitable<void> WebPage::go(std::string url) {
    // Leaves first: an address that differs only in its fragment would not load anew.
    co_await call("WebPage.navigate", R"({"url":"about:blank"})");
    co_await call("WebPage.navigate", "{\"url\":" + in_quotes(url) + "}");
    co_await wait_for("document.readyState === 'complete' && location.href !== 'about:blank'",
                      "the page to load");
}

awaitable<void> WebPage::reload() {
    co_await evaluate("window.beforeReload = true");
    co_await call("WebPage.reload");
    co_await wait_for("!window.beforeReload && document.readyState === 'complete'", "the page to load again");
}

awaitable<std::string> WebPage::evaluate(std::string expression) {
    json::object params{
        {"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}, {"userGesture", true}};
    json::object answer = co_await browser_->call("Runtime.evaluate", std::move(params), session_);
    if (const json::value* thrown = answer.if_contains("exceptionDetails")) {
        throw std::runtime_error("in the page: " + expression + ": " + json::serialize(*thrown));
    }
    const json::value* value = answer.at("result").as_object().if_contains("value");
    co_return value == nullptr ? "null" : json::serialize(*value);
}

awaitable<std::string> WebPage::text(std::string expression) {
    const std::string value = co_await evaluate("String(" + expression + ")");
    co_return std::string{json::parse(value).as_string()};
}

awaitable<void> WebPage::wait_for(std::string expression, std::string what, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    for (;;) {
        std::string holds = "false";
        try {
            holds = co_await evaluate("Boolean(" + expression + ")");
        } catch (const std::runtime_error&) {  // Between two pages there is nothing to ask.
        }
        if (holds == "true") co_return;
        if (std::chrono::steady_clock::now() > end) break;
        co_await rest(25ms);
    }
    const std::string shown = co_await text("document.body.innerText");
    throw std::runtime_error("waited in vain for " + what + ". The page shows:\n" + shown);
}

awaitable<void> WebPage::wait_for_text(std::string words, std::chrono::milliseconds limit) {
    co_await wait_for("document.body.innerText.includes(" + in_quotes(words) + ")",
                      "the text \"" + words + "\"", limit);
}

awaitable<void> WebPage::click_at(std::string element, std::string what) {
    const std::string script = R"((() => {
        const node = )" + element +
                               R"(;
        if (!node) return '';
        node.scrollIntoView({ block: 'center', behavior: 'instant' });
        const r = node.getBoundingClientRect();
        const x = r.x + r.width / 2, y = r.y + r.height / 2;
        const top = document.elementFromPoint(x, y);
        if (!top || !(node.contains(top) || top.contains(node) || top.closest('label')?.contains(node))) return 'covered';
        return JSON.stringify({ x, y });
    })())";
    const std::string place = co_await text(script);
    if (place.empty()) throw std::runtime_error("there is no " + what + " to click");
    if (place == "covered") throw std::runtime_error(what + " is covered by something else");
    json::object params = json::parse(place).as_object();
    params["button"] = "left";
    params["clickCount"] = 1;
    for (const char* type : {"mousePressed", "mouseReleased"}) {
        params["type"] = type;
        co_await call("Input.dispatchMouseEvent", json::serialize(params));
    }
}

awaitable<void> WebPage::click(std::string selector) {
    const std::string found = "[...document.querySelectorAll(" + in_quotes(selector) +
                              ")].find((node) => node.getClientRects().length > 0)";
    co_await wait_for(found, "the element " + selector);
    co_await click_at(found, selector);
}

awaitable<void> WebPage::click_text(std::string words) {
    const std::string found =
        "[...document.querySelectorAll('button, a, label, summary')].find((node) => "
        "node.getClientRects().length > 0 && node.textContent.trim() === " +
        in_quotes(words) + ")";
    co_await wait_for(found, "the button \"" + words + "\"");
    co_await click_at(found, "\"" + words + "\"");
}

awaitable<void> WebPage::type(std::string words) {
    co_await call("Input.insertText", "{\"text\":" + in_quotes(words) + "}");
}

awaitable<void> WebPage::key(std::string name, bool shift) {
    struct Key {
        int code;
        const char* text;
    };
    static const std::map<std::string, Key> known{
        {"Enter", {13, "\r"}}, {"Tab", {9, ""}}, {"Escape", {27, ""}},    {"ArrowDown", {40, ""}},
        {"ArrowUp", {38, ""}}, {" ", {32, " "}}, {"ArrowLeft", {37, ""}}, {"ArrowRight", {39, ""}}};
    const auto found = known.find(name);
    const Key key = found != known.end() ? found->second : Key{std::toupper(name.at(0)), name.c_str()};
    json::object params{{"key", name},
                        {"code", name == " " ? "Space" : name},
                        {"windowsVirtualKeyCode", key.code},
                        {"modifiers", shift ? 8 : 0}};
    for (const char* type : {"keyDown", "keyUp"}) {
        params["type"] = type;
        if (*key.text != '\0' && std::string_view{type} == "keyDown") {
            params["text"] = key.text;
        } else {
            params.erase("text");
        }
        co_await call("Input.dispatchKeyEvent", json::serialize(params));
    }
}

awaitable<void> WebPage::resize(int width, int height, bool dark) {
    co_await call("Emulation.setDeviceMetricsOverride",
                  json::serialize(json::object{
                      {"width", width}, {"height", height}, {"deviceScaleFactor", 1}, {"mobile", false}}));
    co_await call("Emulation.setEmulatedMedia",
                  json::serialize(json::object{
                      {"features", json::array{json::object{{"name", "prefers-color-scheme"},
                                                            {"value", dark ? "dark" : "light"}}}}}));
}

awaitable<void> WebPage::screenshot(std::string file) {
    const std::string answer = co_await call("WebPage.captureScreenshot", R"({"format":"png"})");
    const json::value parsed = json::parse(answer);
    const std::string_view encoded = parsed.at("data").as_string();
    std::ofstream out{file, std::ios::binary};
    unsigned bits = 0;
    int count = 0;
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (const char c : encoded) {
        const auto value = digits.find(c);
        if (value == std::string_view::npos) break;
        bits = (bits << 6U) | static_cast<unsigned>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out.put(static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xffU));
    }
}

awaitable<std::vector<AccessibleNode>> WebPage::accessibility() {
    const std::string answer = co_await call("Accessibility.getFullAXTree");
    const json::value tree = json::parse(answer);
    std::vector<AccessibleNode> nodes;
    for (const json::value& entry : tree.at("nodes").as_array()) {
        const json::object& node = entry.as_object();
        if (node.contains("ignored") && node.at("ignored").as_bool()) continue;
        auto word = [&](const char* member) -> std::string {
            const json::value* held = node.if_contains(member);
            if (held == nullptr) return {};
            const json::value* value = held->as_object().if_contains("value");
            return value != nullptr && value->is_string() ? std::string{value->as_string()} : std::string{};
        };
        nodes.push_back({word("role"), word("name")});
    }
    co_return nodes;
}

std::vector<std::string> WebPage::errors() const {
    const auto found = browser_->errors.find(session_);
    return found == browser_->errors.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace rapport::test
