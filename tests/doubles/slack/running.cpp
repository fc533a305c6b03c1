#include "doubles/slack/running.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <stdexcept>
#include <thread>

namespace rapport::test::slack {
namespace asio = boost::asio;

struct RunningDouble::Impl {
    explicit Impl(Settings settings) : slack(context.get_executor(), std::move(settings)) {}
    asio::io_context context{1};
    SlackDouble slack;
    asio::cancellation_signal stop{};
    std::string api{};
    std::string page{};
    std::thread thread{};
};

RunningDouble::RunningDouble(Settings settings, std::function<void(SlackDouble&)> set_up)
    : impl_(std::make_unique<Impl>(std::move(settings))) {
    Impl& impl = *impl_;
    const Result<> listening = impl.slack.listen();
    if (!listening) throw std::runtime_error(listening.error().what);
    impl.api = impl.slack.api_url();
    impl.page = impl.slack.page_url();
    if (set_up) {
        set_up(impl.slack);
    } else {
        impl.slack.seed();
    }
    asio::co_spawn(
        impl.context, impl.slack.run(),
        asio::bind_cancellation_slot(impl.stop.slot(), [](const std::exception_ptr&, const Result<>&) {}));
    impl.thread = std::thread{[&impl] { impl.context.run(); }};
}

RunningDouble::~RunningDouble() {
    asio::post(impl_->context, [this] { impl_->stop.emit(asio::cancellation_type::terminal); });
    if (impl_->thread.joinable()) impl_->thread.join();
}

SlackDouble& RunningDouble::slack() noexcept {
    return impl_->slack;
}

void RunningDouble::post(std::function<void()> what) {
    asio::post(impl_->context, std::move(what));
}

bool RunningDouble::until(const std::function<bool(SlackDouble&)>& so, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    for (;;) {
        if ((*this)([&](SlackDouble& s) { return so(s); })) return true;
        if (std::chrono::steady_clock::now() >= end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

const std::string& RunningDouble::api_url() const noexcept {
    return impl_->api;
}
const std::string& RunningDouble::page_url() const noexcept {
    return impl_->page;
}

}  // namespace rapport::test::slack
