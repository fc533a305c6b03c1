// What changes while the program runs: files, staff's own settings, and what the command line asks for.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iostream>

#include "bot/app_parts.hpp"
#include "bot/json/requests.hpp"
#include "bot/pipeline/store_thread.hpp"
#include "bot/watch.hpp"

namespace rapport {

Result<> App::keep_rules(const World& world) {
    RulesVersion version;
    version.at = now();
    version.by = "file";
    version.hash = world.rules.hash();
    version.source = world.rules.source();
    const Result<std::int64_t> kept = store_->keep_rules(version);
    if (!kept) return kept.error();
    return {};
}

asio::awaitable<Result<>> App::reload() {
    auto ask = [&] { return store_->staffers(); };
    const Result<std::map<std::string, StafferRow>> settings = co_await on_store_thread(store_thread_, ask);
    if (!settings) co_return settings.error();
    LoadedWorld loaded = load_world(options_.places, *settings);
    files_ = loaded.files;
    if (!loaded.world)
        co_return Error{ErrorKind::rejected, fmt::format("{}", fmt::join(loaded.problems, "\n"))};
    auto keep = [&] { return keep_rules(*loaded.world); };
    if (const Result<> kept = co_await on_store_thread(store_thread_, keep); !kept) fail(kept.error());
    world_ = loaded.world;
    web_.replace_roster(roster_of(*loaded.world, now()));
    pipeline_.replace_world(loaded.world);
    pipeline_.put_inner({TeamChanged{}, now()});
    co_return Result<>{};
}

OfficeParts App::office_parts() {
    OfficeParts parts{pipeline_, store_thread_, *store_};
    parts.store_path = store_path(options_.places, world_->config);
    parts.rules_file = options_.places.rules_file();
    parts.world = [this] { return world_; };
    parts.reload = [this] { return reload(); };
    parts.clock = now;
    return parts;
}

asio::awaitable<Result<>> App::watch_files() {
    files_ = load_world(options_.places).files;
    Watch watch{files_};
    for (;;) {
        co_await watch.changed();
        const Result<> read = co_await reload();
        watch.also(files_);
        if (!read) {
            std::cerr << read.error().what << "\nThe change is not taken over; what held before goes on.\n";
            continue;
        }
        if (!options_.quiet)
            std::cout << "The files in " << options_.places.config.string() << " were read again.\n"
                      << std::flush;
    }
}

asio::awaitable<Result<>> App::keep_roster() {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    for (;;) {
        timer.expires_after(std::chrono::minutes{1});
        co_await timer.async_wait(asio::use_awaitable);
        web_.replace_roster(roster_of(*world_, now()));
    }
}

asio::awaitable<Result<>> App::take_requests() {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    for (;;) {
        timer.expires_after(std::chrono::seconds{1});
        co_await timer.async_wait(asio::use_awaitable);
        auto ask = [&] { return store_->requests(); };
        const Result<std::vector<Request>> requests = co_await on_store_thread(store_thread_, ask);
        if (!requests) continue;
        for (const Request& request : *requests) co_await take_request(request);
    }
}

asio::awaitable<void> App::take_request(const Request& request) {
    const Result<Input> input = input_of_request(request.body, now());
    std::string answer = "done";
    if (input) {
        // Durable is enough: a desk that cannot be reached must not keep the command line waiting.
        std::vector<Input> inputs{*input};
        co_await pipeline_.decide(std::move(inputs));
    } else {
        answer = input.error().what;
    }
    auto tell = [&] { return store_->answer_request(request.id, answer); };
    if (const Result<> told = co_await on_store_thread(store_thread_, tell); !told) fail(told.error());
}

}  // namespace rapport
