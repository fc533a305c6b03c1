#pragma once

// What a WebHouse is made of: the website, the pipeline, and the pages that are open.

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <set>

#include "adapters/net/run_loop.hpp"
#include "adapters/web/web.hpp"
#include "bot/notebook.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store_office.hpp"
#include "bot/transcripts.hpp"
#include "support/drained.hpp"
#include "support/web_house.hpp"

namespace rapport::test {

namespace asio = boost::asio;
using namespace std::chrono_literals;

struct WebHouse::Parts {
    explicit Parts(WebHouse& owner) : house(owner) {
        for (const Staffer& staffer : house.world_->team.staffers())
            desks.emplace(staffer.name, std::make_unique<DeskPage>(io, token, staffer.name));
    }
    ~Parts() {
        close();
        store_thread.join();
    }

    /// Wraps the adapter: what it has shown is what the test sees as shown.
    struct Recorder final : Desk {
        explicit Recorder(Parts& owner) : parts(owner) {}
        std::string_view name() const noexcept override { return parts.adapter->name(); }
        bool reaches(const AccountKey& staff) const noexcept override {
            return parts.adapter->reaches(staff);
        }
        asio::awaitable<Result<>> deliver(Outgoing outgoing) override {
            Outgoing copy = outgoing;
            Result<> result = co_await parts.adapter->deliver(std::move(outgoing));
            if (result && parts.delivered.insert(copy.id).second) parts.note(std::move(copy));
            co_return result;
        }
        Parts& parts;
    };

    /// What staff have before them now, as far as the program knows.
    void note(Outgoing outgoing) {
        std::set<std::string> names;
        for (const AccountKey& account : outgoing.to)
            if (const Staffer* staffer = house.world_->team.staffer_of(account, house.now_))
                names.insert(staffer->name);
        if (const Card* card = std::get_if<Card>(&outgoing.body)) {
            shown_now.insert(card->id);
            addressed[card->id] = names;
            for (const auto& [name, desk] : desks)
                if (outgoing.notify && (outgoing.team || names.contains(name))) ++sounds[name][card->id];
        }
        // Tests name a staffer by the account from which they speak.
        std::erase_if(outgoing.to, [](const AccountKey& one) { return one.platform == "web"; });
        house.show(outgoing);
    }

    /// Who is on the team now.
    std::vector<web::RosterEntry> roster() const {
        std::vector<web::RosterEntry> entries;
        for (const Staffer& staffer : house.world_->team.staffers())
            if (staffer.on_team(house.now_)) entries.push_back({staffer.name, staffer.full_name});
        return entries;
    }

    web::Config config() {
        web::Config config;
        config.port = 0;
        config.realm = house.world_->config.web.realm;
        config.brand_name = house.world_->config.web.brand;
        config.token = token;
        config.site_secret = site_secret;
        config.roster = roster();
        // Everybody in a test comes from one address, within one moment.
        config.limits.hellos_per_address = {100'000, 1s};
        config.limits.messages_per_address = {100'000, 1s};
        config.clock = [this] { return house.now_; };
        return config;
    }

    void open() {
        house.open_store();
        PipelineOptions options;
        options.clock = [this] { return house.now_; };
        options.events.committed = [this](const Committed& done, std::size_t) {
            ++commits;
            quarantined += done.quarantined;
        };
        options.events.delivery_failed = [this](const std::string&, const Error& error) {
            last_failure = error.what;
        };
        delivered.clear();
        shown_now.clear();
        pipeline = std::make_unique<Pipeline>(io.get_executor(), store_thread, *house.store_, *house.engine_,
                                              std::move(options));
        transcripts = std::make_unique<StoreTranscripts>(store_thread, *house.store_);
        notebook = std::make_unique<StoreNotebook>(store_thread, *house.store_);
        office = std::make_unique<StoreOffice>(office_parts());
        adapter = std::make_unique<web::WebAdapter>(config(), *transcripts, office.get(), notebook.get());
        if (const Result<> taken = adapter->listen(io.get_executor()); !taken)
            throw std::runtime_error(taken.error().what);
        recorder = std::make_unique<Recorder>(*this);
        pipeline->add_desk(*recorder);
        spawn(pipeline->run(), stop_pipeline);
        spawn(adapter->run(*pipeline), stop_adapter);
        for (const auto& [name, page] : desks) come(*page);
        for (const auto& [name, page] : visitors) come(*page);
    }
    OfficeParts office_parts() {
        OfficeParts of{*pipeline, store_thread, *house.store_};
        of.world = [this] { return house.world_; };
        of.clock = [this] { return house.now_; };
        return of;
    }
    void come(WebPage& page) {
        if (const auto* desk = dynamic_cast<DeskPage*>(&page)) sounds[desk->staffer()].clear();
        page.open(fmt::format("ws://127.0.0.1:{}", adapter->port()));
        wait_for([&] { return page.seated(); }, "the page does not come up");
    }
    void go(WebPage& page) {
        page.cut();
        wait_for([&] { return !page.connected(); }, "the page does not go");
    }
    void spawn(asio::awaitable<Result<>> what, asio::cancellation_signal& stop) {
        ++running;
        asio::co_spawn(io, std::move(what),
                       asio::bind_cancellation_slot(
                           stop.slot(), [this](const std::exception_ptr&, const Result<>&) { --running; }));
    }
    /// Cuts everything off, wherever it stands. The pages stay and try again.
    void close() {
        if (!pipeline) return;
        stop_adapter.emit(asio::cancellation_type::terminal);
        stop_pipeline.emit(asio::cancellation_type::terminal);
        wait_for([&] { return running == 0; }, "Rapport does not stop");
        each_page([&](WebPage& page) { go(page); });
        recorder.reset();
        adapter.reset();
        office.reset();
        notebook.reset();
        transcripts.reset();
        pipeline.reset();
        wait_until_drained(store_thread);
        house.store_.reset();
    }

    template <class Visit>
    void each_page(Visit visit) {
        for (const auto& [name, page] : desks) visit(*page);
        for (const auto& [name, page] : visitors) visit(*page);
    }
    void turn() {
        io.restart();
        net::passing_cancellations([&] { return io.run_one_for(5ms); });
    }
    /// Fails rather than hangs.
    template <class Ready>
    void wait_for(Ready so, const std::string& otherwise) {
        const auto end = std::chrono::steady_clock::now() + 60s;
        while (!so()) {
            std::string wrong;
            each_page([&](const WebPage& page) { wrong += page.problem(); });
            if (!wrong.empty()) throw std::runtime_error("at a page: " + wrong);
            if (std::chrono::steady_clock::now() >= end)
                throw std::runtime_error(otherwise + "; " + last_failure);
            turn();
        }
    }
    /// Grows with all that happens.
    std::size_t activity() {
        std::size_t sum = commits + delivered.size();
        each_page([&](const WebPage& page) { sum += page.heard(); });
        return sum;
    }

    WebHouse& house;
    asio::io_context io{1};
    asio::thread_pool store_thread{1};
    const std::string token = "the-key-of-this-house's-desk";
    std::map<std::string, std::unique_ptr<DeskPage>, std::less<>> desks{};
    std::map<std::string, std::unique_ptr<VisitorPage>, std::less<>> visitors{};
    std::unique_ptr<Pipeline> pipeline{};
    std::unique_ptr<StoreTranscripts> transcripts{};
    std::unique_ptr<StoreNotebook> notebook{};
    std::unique_ptr<StoreOffice> office{};
    std::unique_ptr<web::WebAdapter> adapter{};
    std::unique_ptr<Recorder> recorder{};
    asio::cancellation_signal stop_pipeline{}, stop_adapter{};
    int running = 0, next_page_id = 1;
    std::size_t quarantined = 0, commits = 0;
    std::string last_failure{};
    std::set<std::string> delivered{};  ///< Outgoing::id, since the last start.
    std::set<std::string> shown_now{};  ///< Ids of the cards that were shown since the last start.
    std::map<std::string, std::set<std::string>> addressed{};    ///< Card -> names; none: the team.
    std::map<std::string, std::map<std::string, int>> sounds{};  ///< Staffer -> card -> how many.
};

}  // namespace rapport::test
