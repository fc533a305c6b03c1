#include "adapters/slack/blocks/block_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "adapters/slack/blocks/elements.hpp"
#include "adapters/slack/blocks/limits.hpp"
#include "adapters/slack/blocks/safe_text.hpp"

namespace rapport::slack::blocks {
namespace json = boost::json;

namespace {

/// What else a view holds: titles, names, private_metadata.
constexpr std::size_t view_frame = 16'000;
constexpr std::size_t room_for_note = 200;
constexpr std::size_t weight_of_object = 20;

/// All words that are shown, and something for each piece that holds them.
std::size_t weight_of_words(const json::value& value) {
    std::size_t total = 0;
    if (const json::array* all = value.if_array())
        for (const json::value& each : *all) total += weight_of_words(each);
    if (const json::object* object = value.if_object()) {
        total += weight_of_object;
        for (const auto& [key, member] : *object)
            total += member.is_string() && (key == "text" || key == "alt_text")
                         ? length(std::string_view{member.get_string()})
                         : weight_of_words(member);
    }
    return total;
}

json::object actions_block(std::vector<json::object>::iterator from, std::vector<json::object>::iterator to) {
    json::array elements;
    for (auto at = from; at != to; ++at) elements.emplace_back(std::move(*at));
    return {{"type", "actions"}, {"elements", std::move(elements)}};
}

}  // namespace

std::size_t BlockList::weigh(const json::object& block) const {
    return place_ == Place::message ? weight_of_words(block) : json::serialize(block).size();
}

std::string BlockList::unique(std::string id) {
    if (id.empty()) id = fmt::format("b{}", ids_.size());
    std::string candidate = id;
    for (int copy = 2; ids_.contains(candidate); ++copy) candidate = fmt::format("{}~{}", id, copy);
    ids_.insert(candidate);
    return candidate;
}

void BlockList::add_to(std::vector<Block>& blocks, json::object block, std::string id) {
    const std::string name = unique(std::move(id));
    block["block_id"] = name;
    const std::size_t weight = weigh(block);
    blocks.push_back({std::move(block), name, weight});
}

void BlockList::add(json::object block, std::string id) {
    add_to(blocks_, std::move(block), std::move(id));
}

void BlockList::add_actions(std::vector<json::object> elements, const std::vector<std::string>& ids) {
    for (std::size_t k = 0; k * limits::actions < elements.size(); ++k) {
        const auto from = elements.begin() + std::ptrdiff_t(k * limits::actions);
        const auto to =
            elements.begin() + std::ptrdiff_t(std::min((k + 1) * limits::actions, elements.size()));
        add_to(blocks_, actions_block(from, to), k < ids.size() ? ids[k] : std::string{});
    }
}

void BlockList::add_last_actions(std::vector<json::object> elements, const std::vector<std::string>& ids) {
    const std::size_t before = blocks_.size();
    add_actions(std::move(elements), ids);
    std::move(blocks_.begin() + std::ptrdiff_t(before), blocks_.end(), std::back_inserter(last_));
    blocks_.resize(before);
}

json::array BlockList::take() {
    const bool message = place_ == Place::message;
    std::size_t room = message ? limits::message_weight : limits::view_bytes - view_frame;
    std::size_t count = message ? limits::message_blocks : limits::view_blocks;
    room -= room_for_note;
    count -= 1;

    json::array last;
    for (Block& block : last_) {
        if (block.weight > room || count == 0) {
            ++left_out_;
            continue;
        }
        room -= block.weight;
        --count;
        last.emplace_back(std::move(block.json));
    }
    json::array out;
    bool full = false;
    for (Block& block : blocks_) {
        full = full || block.weight > room || count == 0;
        if (full) {
            ++left_out_;
            continue;
        }
        room -= block.weight;
        --count;
        out.emplace_back(std::move(block.json));
    }
    if (left_out_ > 0) {
        json::object note = remark(fmt::format("… and {} more that {} no room here.", number(left_out_),
                                               left_out_ == 1 ? "has" : "have"));
        note["block_id"] = unique("left_out");
        out.emplace_back(std::move(note));
    }
    for (json::value& block : last) out.emplace_back(std::move(block));
    if (out.empty()) {
        json::object nothing = remark("There is nothing here.");
        nothing["block_id"] = "nothing";
        out.emplace_back(std::move(nothing));
    }
    return out;
}

}  // namespace rapport::slack::blocks
