// The running program's workspaces of Slack.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <iostream>

#include "bot/app_parts.hpp"
#include "bot/random_token.hpp"

namespace rapport {

using namespace asio::experimental::awaitable_operators;

Result<> App::add_slack() {
    SlackSetUp set_up = slack_set_up(world_->config.slack, process_environment());
    if (!set_up.problems.empty())
        return Error{ErrorKind::unauthorized, fmt::format("{}", fmt::join(set_up.problems, "\n"))};
    const bool installs = world_->config.slack.oauth.on();
    if (set_up.workspaces.empty() && !installs) return {};
    Result<net::TlsContext> tls = net::TlsContext::system();
    if (!tls) return tls.error();
    tls_.emplace(std::move(*tls));
    State state;
    if (Result<> opened = store_->open(state); !opened) return opened;
    for (slack::Config& config : set_up.workspaces) {
        config.cursors = state.cursors;
        if (Result<> added = add_slack(std::move(config)); !added) return added;
    }
    return installs ? add_installed(state.cursors) : Result<>{};
}

Result<> App::add_slack(slack::Config config) {
    config.is_staff = [this](const AccountKey& account, Time at) {
        return world_->team.staffer_of(account, at) != nullptr;
    };
    config.leads = [this] {
        const Staffer* lead = world_->team.lead(now());
        return lead ? lead->accounts : std::vector<AccountKey>{};
    };
    config.log = [](const std::string& words) { std::cerr << words << '\n'; };
    try {
        slack_.push_back(std::make_unique<slack::SlackAdapter>(io_.get_executor(), std::move(config), office_,
                                                               notebook_, &*tls_));
    } catch (const std::invalid_argument& error) {
        return Error{ErrorKind::rejected, error.what()};
    }
    if (Result<> taken = slack_.back()->listen(); !taken) return taken;
    pipeline_.add_desk(*slack_.back());
    return {};
}

Result<> App::add_installed(const std::map<std::string, std::string>& cursors) {
    SlackInstalls::Parts parts{process_environment(), notebook_, &*tls_, random_token};
    parts.log = [](const std::string& words) { std::cerr << words << '\n'; };
    Result<std::unique_ptr<SlackInstalls>> made = SlackInstalls::make(world_->config.slack, std::move(parts));
    if (!made) return made.error();
    installs_ = std::move(*made);
    if (Result<> taken = installs_->listen(io_.get_executor()); !taken) return taken;
    Result<std::vector<slack::Config>> found = installs_->workspaces_now(io_);
    if (!found) return found.error();
    for (slack::Config& config : *found) {
        config.cursors = cursors;
        if (Result<> added = add_slack(std::move(config)); !added) return added;
        installs_->add(*slack_.back());
    }
    return {};
}

asio::awaitable<Result<>> App::run_slack(std::size_t index) {
    if (index == slack_.size()) {
        Result<> ended;
        if (installs_) ended = co_await installs_->run();
        if (!ended) std::cerr << ended.error().what << "\nWhen it is mended, restart Rapport.\n";
        asio::steady_timer forever{io_, asio::steady_timer::time_point::max()};
        co_await forever.async_wait(asio::use_awaitable);
        co_return Result<>{};
    }
    co_await (run_workspace(*slack_[index]) && run_slack(index + 1));
    co_return Result<>{};
}

asio::awaitable<void> App::run_workspace(slack::SlackAdapter& adapter) {
    const Result<> ended = co_await run_adapter(adapter);
    if (installs_) installs_->remove(adapter);
    if (!ended)
        std::cerr << adapter.name() << ": " << ended.error().what
                  << "\nRapport goes on without it. When it is mended, restart Rapport.\n";
}

}  // namespace rapport
