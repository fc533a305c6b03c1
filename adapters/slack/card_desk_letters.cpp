// Letters: once to each of those they are for, however often delivery is tried.

#include "adapters/slack/blocks/render.hpp"
#include "adapters/slack/card_desk.hpp"

namespace rapport::slack {

namespace asio = boost::asio;
namespace json = boost::json;

asio::awaitable<Result<>> CardDesk::show(const Outgoing& outgoing, const Letter& letter) {
    std::vector<Target> to;
    if (outgoing.to.empty() && !workspace_.alert_channel.empty())
        to.push_back({{}, workspace_.alert_channel});
    else
        to = direct_targets(outgoing);
    if (to.empty() && outgoing.to.empty()) co_return nobody_to_show();
    Result<> worst;
    for (const Target& target : to) {
        const Result<> shown = co_await show(outgoing, letter, target);
        if (!shown && (worst || shown.error().retryable())) worst = shown;
    }
    co_return worst;
}

asio::awaitable<Result<>> CardDesk::show(const Outgoing& outgoing, const Letter& letter,
                                         const Target& target) {
    // Notes of cards are forgotten after a while; a letter's note is one of them.
    const std::string key = workspace_.key("card:" + outgoing.id + ":" + target.name());
    const auto note = co_await workspace_.notebook.read(key);
    if (!note) co_return note.error();
    Place place;
    if (*note) place = place_of_note(**note).value_or(Place{});
    if (!place.pending.empty())
        if (Result<> settled = co_await settle(key, place); !settled) co_return settled;
    if (!place.ts.empty()) co_return Result<>{};
    if (Result<> opened = co_await open_place(target, place); !opened) co_return opened;
    json::object message = page_message(letter.page);
    message["channel"] = place.channel;
    message["metadata"] =
        json::object{{"event_type", card_event_type}, {"event_payload", json::object{{"id", outgoing.id}}}};
    if (Result<> posted = co_await post(std::move(message), "card", outgoing.id, key, place); !posted)
        co_return posted;
    co_return co_await keep(key, place);
}

}  // namespace rapport::slack
