#include "doubles/slack/core.hpp"

#include "doubles/slack/courier.hpp"

namespace rapport::test::slack {

void Timers::after(Milliseconds wait, std::function<void()> what) {
    auto timer = std::make_shared<boost::asio::steady_timer>(executor_, wait);
    waiting_->insert(timer);
    timer->async_wait(
        [timer, what = std::move(what), all = std::weak_ptr{waiting_}](boost::system::error_code ec) {
            const auto alive = all.lock();
            if (!alive || alive->erase(timer) == 0 || ec) return;
            what();
        });
}

void Timers::stop() {
    const auto all = std::exchange(*waiting_, {});
    for (const auto& timer : all) timer->cancel();
}

Core::Core(Settings wanted, boost::asio::any_io_executor where)
    : settings(std::move(wanted)),
      executor(std::move(where)),
      world(settings.clock),
      timers(executor),
      courier(std::make_unique<Courier>(*this)) {
    Token app;
    app.kind = "app";
    app.scopes = settings.app_scopes;
    tokens[settings.app_token] = std::move(app);
}

Core::~Core() {
    timers.stop();
}

}  // namespace rapport::test::slack
