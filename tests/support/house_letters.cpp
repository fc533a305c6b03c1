// A house's letters: looked for when a test says so, and their buttons.

#include <fmt/format.h>

#include <algorithm>

#include "bot/letters/due.hpp"
#include "bot/office/room.hpp"
#include "support/house.hpp"

namespace rapport::test {

std::size_t PlainHouse::look_for_letters() {
    std::vector<Input> inputs;
    {
        Store& store = this->store();
        Lookup lookup{store};
        letters::Look look{store, lookup, world(), now_};
        letters::Looked looked;
        for (SendLetter& letter : letters::due_letters(look, looked))
            inputs.push_back({std::move(letter), now_});
    }
    const std::size_t count = inputs.size();
    if (count > 0) commit(std::move(inputs));
    return count;
}

const Letter& PlainHouse::letter(const std::string& id) const {
    const auto at = letters.find(id);
    if (at == letters.end()) throw std::runtime_error("no letter " + id);
    return at->second.first;
}

void PlainHouse::press_letter(std::string_view staffer, const std::string& id, const std::string& button,
                              std::string_view choice) {
    const std::vector<Part>& parts = letter(id).page.parts;
    const bool there = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
        return std::any_of(part.buttons.begin(), part.buttons.end(),
                           [&](const Button& one) { return one.id == button; });
    });
    const std::vector<AccountKey>& to = letters.at(id).second;
    if (!there || (!to.empty() && std::find(to.begin(), to.end(), key(staffer, "chat")) == to.end()))
        throw std::runtime_error(fmt::format("{} has no {} for {}", id, button, staffer));
    Ask ask;
    ask.id = fmt::format("press{}", next_id_++);
    ask.kind = Ask::Kind::button;
    ask.by = key(staffer, "chat");
    ask.name = button;
    ask.at = now_;
    if (!choice.empty()) ask.values["choice"] = choice;
    std::vector<Input> inputs;
    {
        Store& store = this->store();
        Lookup lookup{store};
        office::Room room{store, lookup, world_, *world_->team.staffer_of(ask.by, now_), now_, ""};
        inputs = office::answer(room, ask).inputs;
    }
    commit(std::move(inputs));
}

}  // namespace rapport::test
