#include "adapters/web/hub.hpp"

#include <algorithm>
#include <utility>

#include "adapters/net/base64.hpp"
#include "adapters/web/protocol.hpp"

namespace rapport::web {
namespace asio = boost::asio;

namespace {

constexpr std::string_view staff_prefix = "staff:";
constexpr std::size_t most_waiting = 50;
constexpr std::size_t most_delivered = 4096;

/// A text of so many characters, each of up to four bytes, must fit into an event and into a frame.
Config bounded(Config config) {
    config.limits.text = std::min(config.limits.text, max_text / 4);
    return config;
}

}  // namespace

Hub::Hub(Config settings, Transcripts& source, Office* answering, Notebook* notebook)
    : config(bounded(std::move(settings))),
      transcripts(source),
      office(answering),
      letters(notebook, config.realm, config.limits.letters),
      messages(config.limits.messages, config.limits.keys),
      messages_per_address(config.limits.messages_per_address, config.limits.keys),
      hellos_per_address(config.limits.hellos_per_address, config.limits.keys),
      board_(config.limits.cards) {}

void Hub::replace_roster(std::vector<RosterEntry> roster) {
    if (config.roster == roster) return;
    config.roster = std::move(roster);
    const Tabs desks = desks_;
    for (const auto& tab : desks) {
        if (!tab->staff.empty() && staffer(tab->staff) != nullptr) continue;
        tab->staff.clear();
        tab->visitor.clear();
        tab->send(encode_roster(config));
    }
}

const RosterEntry* Hub::staffer(std::string_view name) const noexcept {
    const auto found = std::find_if(config.roster.begin(), config.roster.end(),
                                    [&](const RosterEntry& entry) { return entry.name == name; });
    return found == config.roster.end() ? nullptr : &*found;
}

std::string_view Hub::staff_name(const AccountKey& account) const noexcept {
    const std::string_view id{account.id};
    if (account.platform != "web" || account.realm != config.realm || !id.starts_with(staff_prefix))
        return {};
    const RosterEntry* entry = staffer(id.substr(staff_prefix.size()));
    return entry == nullptr ? std::string_view{} : std::string_view{entry->name};
}

AccountKey Hub::visitor_account(std::string_view visitor) const {
    return {"web", config.realm, std::string{visitor}};
}
AccountKey Hub::staff_account(std::string_view name) const {
    return {"web", config.realm, std::string{staff_prefix} + std::string{name}};
}
AccountKey Hub::brand_account() const {
    return {"web", config.realm, "brand"};
}

Message Hub::blank_message(const std::string& visitor) const {
    Message message;
    message.channel.key = {"web", config.realm, visitor};
    message.channel.name = "website";
    message.channel.kind = ChannelKind::ticket;
    message.link = url + "/desk#conversation=" + visitor;
    message.at = config.clock();
    return message;
}

Event Hub::event(Event::Body body) const {
    Event event;
    event.body = std::move(body);
    event.seen = config.clock();
    event.source = "web";
    return event;
}

void Hub::join(const std::shared_ptr<Tab>& tab, bool desk) {
    if (desk) {
        desks_.push_back(tab);
    } else {
        rooms_[tab->visitor].push_back(tab);
    }
}

void Hub::leave(const std::shared_ptr<Tab>& tab) {
    tab->socket = nullptr;
    std::erase(desks_, tab);
    const auto room = rooms_.find(tab->visitor);
    if (room == rooms_.end()) return;
    std::erase(room->second, tab);
    if (room->second.empty()) rooms_.erase(room);
}

std::size_t Hub::tabs_of(const std::string& visitor) const {
    const auto room = rooms_.find(visitor);
    return room == rooms_.end() ? 0 : room->second.size();
}

asio::awaitable<void> Hub::put(std::shared_ptr<Tab> tab, Event event, Durable durable) {
    while (tab->unconfirmed >= config.limits.unconfirmed) co_await tab->confirmed.wait();
    ++tab->unconfirmed;
    // Weak: the program may keep this longer than the page, and even than the loop that both live on.
    Acked acked = [page = std::weak_ptr<Tab>{tab}, hub = weak_from_this(), durable = std::move(durable)] {
        const auto open = page.lock();
        if (open) {
            --open->unconfirmed;
            open->confirmed.notify();
        }
        if (const auto alive = hub.lock()) durable(*alive, open.get());
    };
    if (!inbox->try_put(event, acked)) co_await inbox->put(std::move(event), std::move(acked));
}

void Hub::announce(const std::string& visitor, const std::string& visitor_name, const Line& line) {
    const std::string frame = encode_line(visitor, line);
    if (const auto room = rooms_.find(visitor); room != rooms_.end()) {
        const Tabs tabs = room->second;
        for (const auto& tab : tabs) tab->send(frame);
    }
    ConversationSummary summary;
    summary.channel = {"web", config.realm, visitor};
    summary.name = visitor_name;
    summary.last = line;
    const std::string listed = encode_conversation(summary);
    const Tabs desks = desks_;
    for (const auto& tab : desks) {
        if (tab->visitor == visitor) tab->send(frame);
        tab->send(listed);
    }
}

bool Hub::first_time(const std::string& outgoing_id) {
    if (!delivered_.insert(outgoing_id).second) return false;
    delivered_order_.push_back(outgoing_id);
    if (delivered_order_.size() > most_delivered) {
        delivered_.erase(delivered_order_.front());
        delivered_order_.pop_front();
    }
    return true;
}

void Hub::deliver(const Outgoing& outgoing) {
    const bool first = first_time(outgoing.id);
    if (const Card* card = std::get_if<Card>(&outgoing.body)) return deliver_card(outgoing, *card, first);
    if (!first) return;
    const Form* form = std::get_if<Form>(&outgoing.body);
    const Notice* notice = std::get_if<Notice>(&outgoing.body);
    if (!form && !notice) return;
    const std::string frame = form ? encode_form(*form) : encode_notice(*notice);
    for (const AccountKey& account : outgoing.to) {
        if (const std::string_view name = staff_name(account); !name.empty())
            deliver_private(std::string{name}, frame);
    }
}

void Hub::deliver_card(const Outgoing& outgoing, const Card& card, bool first) {
    std::set<std::string> changed;
    if (outgoing.team && board_.put("", card)) {
        for (const RosterEntry& entry : config.roster) changed.insert(entry.name);
    }
    for (const AccountKey& account : outgoing.to) {
        const std::string name{staff_name(account)};
        if (!name.empty() && board_.put(name, card)) changed.insert(name);
    }
    const Tabs desks = desks_;
    for (const auto& tab : desks) {
        if (!changed.contains(tab->staff)) continue;
        tab->send(encode_card(board_.seen_by(tab->staff, card.id), config.realm, outgoing.notify && first));
    }
}

asio::awaitable<Result<>> Hub::deliver_letter(const Outgoing& outgoing, const Letter& letter) {
    KeptLetter kept{outgoing.id, letter.page, {}, letter.image_text, letter.image_title, config.clock(), {}};
    if (letter.image.size() <= max_image) kept.image = net::base64(letter.image);
    for (const AccountKey& account : outgoing.to) {
        if (const std::string_view name = staff_name(account); !name.empty()) kept.to.emplace(name);
    }
    if (outgoing.team) {
        for (const RosterEntry& entry : config.roster) kept.to.insert(entry.name);
    }
    const Result<bool> is_new = co_await letters.put(std::move(kept));
    if (!is_new) co_return is_new.error();
    if (!*is_new) co_return Result<>{};
    const Tabs desks = desks_;
    for (const auto& tab : desks) {
        if (const KeptLetter* lies = letters.find(outgoing.id, tab->staff))
            tab->send(encode_letter(*lies, outgoing.notify));
    }
    co_return Result<>{};
}

asio::awaitable<Result<>> Hub::dismiss(std::string letter, std::string staff) {
    Result<> gone = co_await letters.dismiss(letter, staff);
    const Tabs desks = desks_;
    for (const auto& tab : desks) {
        if (tab->staff == staff) tab->send(encode_dismissed(letter));
    }
    co_return gone;
}

void Hub::deliver_private(const std::string& staff, const std::string& frame) {
    bool there = false;
    const Tabs desks = desks_;
    for (const auto& tab : desks) {
        if (tab->staff != staff) continue;
        tab->send(frame);
        there = true;
    }
    if (there) return;
    std::deque<std::string>& waiting = waiting_[staff];
    waiting.push_back(frame);
    if (waiting.size() > most_waiting) waiting.pop_front();
}

void Hub::hand_over_waiting(Tab& tab) {
    const auto waiting = waiting_.extract(tab.staff);
    if (waiting.empty()) return;
    for (const std::string& frame : waiting.mapped()) tab.send(frame);
}

}  // namespace rapport::web
