#include <algorithm>

#include "adapters/slack/blocks/elements.hpp"
#include "adapters/slack/blocks/interaction.hpp"
#include "adapters/slack/blocks/limits.hpp"
#include "adapters/slack/blocks/names.hpp"
#include "adapters/slack/blocks/render.hpp"
#include "adapters/slack/blocks/safe_text.hpp"

namespace rapport::slack {
namespace json = boost::json;
using namespace blocks;

namespace {

constexpr std::size_t error_room = 300;

/// Errors can stand at input blocks only, and only at those that are in the view.
json::object errors_ack(const FormErrors& wrong, const Reply& reply) {
    json::object errors;
    std::string elsewhere;
    for (const auto& [field, words] : wrong) {
        std::string said = cut(tame(words, Lines::join), error_room);
        if (said.empty()) said = "This cannot be right.";
        const auto block = std::find_if(reply.fields.begin(), reply.fields.end(),
                                        [&](const auto& each) { return each.first == field; });
        if (block != reply.fields.end())
            errors[block->second] = said;
        else
            elsewhere += (elsewhere.empty() ? "" : " ") + said;
    }
    if (!elsewhere.empty() && reply.fields.empty())
        return update_ack(error_view("That did not work", elsewhere));
    if (!elsewhere.empty()) {
        json::value& first = errors[reply.fields.front().second];
        const std::string before = first.is_string() ? std::string{first.get_string()} + " " : std::string{};
        first = cut(before + elsewhere, error_room);
    }
    return {{"response_action", "errors"}, {"errors", std::move(errors)}};
}

}  // namespace

std::optional<json::object> submission_ack(const Answer& answer, const Reply& reply) {
    if (const Page* page = std::get_if<Page>(&answer)) return update_ack(page_view(*page));
    if (const Form* form = std::get_if<Form>(&answer))
        return update_ack(form_view(*form, {FormFor::office, reply.round + 1, reply.extra}));
    if (const FormErrors* wrong = std::get_if<FormErrors>(&answer); wrong && !wrong->empty())
        return errors_ack(*wrong, reply);
    return std::nullopt;
}

json::object clear_ack() {
    return {{"response_action", "clear"}};
}

json::object push_ack(json::object view) {
    return {{"response_action", "push"}, {"view", std::move(view)}};
}

json::object update_ack(json::object view) {
    return {{"response_action", "update"}, {"view", std::move(view)}};
}

json::object options_ack(const std::vector<Option>& all) {
    const Options choices = options(all, 60'000, true);
    json::object out;
    put(out, choices);
    return out;
}

}  // namespace rapport::slack
