#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/web/page_json.hpp"
#include "adapters/web/protocol.hpp"

namespace rapport::web {
namespace json = boost::json;

namespace {

std::int64_t number(Time at) {
    return at.time_since_epoch().count();
}

std::string_view word(Who who) {
    switch (who) {
        case Who::visitor:
            return "visitor";
        case Who::staff:
            return "staff";
        case Who::brand:
            return "brand";
    }
    return "visitor";
}

std::string_view word(Tone tone) {
    switch (tone) {
        case Tone::asking:
            return "asking";
        case Tone::claimed:
            return "claimed";
        case Tone::waiting:
            return "waiting";
        case Tone::done:
            return "done";
        case Tone::closed:
            return "closed";
    }
    return "asking";
}

std::string_view word(FieldKind kind) {
    switch (kind) {
        case FieldKind::text:
            return "text";
        case FieldKind::choice:
            return "choice";
        case FieldKind::time:
            return "time";
        case FieldKind::person:
            return "person";
    }
    return "text";
}

template <class Items, class Convert>
json::array list(const Items& items, Convert convert) {
    json::array out;
    out.reserve(items.size());
    for (const auto& item : items) out.emplace_back(convert(item));
    return out;
}

json::object object(const Line& line) {
    return {{"id", line.id},     {"name", line.name},     {"who", word(line.who)}, {"author", line.author.id},
            {"text", line.text}, {"at", number(line.at)}, {"edited", line.edited}, {"deleted", line.deleted}};
}

/// The visitor's id if the card is about a conversation of this website; otherwise empty.
std::string_view visitor_of(const Card& card, const std::string& realm) {
    const std::string prefix = "web:" + realm + ":";
    const std::string_view whole{card.conversation};
    return whole.starts_with(prefix) ? whole.substr(prefix.size()) : std::string_view{};
}

json::object object(const ShownCard& shown, const std::string& realm) {
    const Card& card = shown.card;
    return {{"id", card.id},
            {"revision", card.revision},
            {"tone", word(card.tone)},
            {"title", card.title},
            {"status", card.status},
            {"mine", shown.mine},
            {"order", shown.order},
            {"channel", visitor_of(card, realm)},
            {"fields", list(card.fields, [](const Field& f) { return to_json(f); })},
            {"quotes", list(card.quotes, [](const Quote& q) { return to_json(q); })},
            {"buttons", list(card.buttons, [](const Button& b) { return to_json(b); })},
            {"history", list(card.history, [](const HistoryLine& h) {
                 return json::object{{"at", number(h.at)}, {"text", h.text}};
             })}};
}

json::object object(const ConversationSummary& summary) {
    return {{"channel", summary.channel.id}, {"name", summary.name}, {"last", object(summary.last)}};
}

json::array lines_of(const std::vector<Line>& lines) {
    return list(lines, [](const Line& line) { return object(line); });
}

std::string text(const json::object& frame) {
    return json::serialize(frame);
}

}  // namespace

std::string encode_welcome(const Config& config, std::string_view visitor, std::string_view name,
                           const std::vector<Line>& lines, bool whole) {
    return text({{"type", "welcome"},
                 {"brand", config.brand_name},
                 {"you", visitor},
                 {"name", name},
                 {"limit", config.limits.text},
                 {"lines", lines_of(lines)},
                 {"whole", whole}});
}
std::string encode_line(std::string_view visitor, const Line& line) {
    return text({{"type", "line"}, {"channel", visitor}, {"line", object(line)}});
}
std::string encode_sent(std::string_view id, Time at) {
    return text({{"type", "sent"}, {"id", id}, {"at", number(at)}});
}
std::string encode_pressed(std::string_view id) {
    return text({{"type", "pressed"}, {"id", id}});
}
std::string encode_refused(std::string_view id, std::string_view words, std::chrono::milliseconds again_in) {
    return text({{"type", "refused"}, {"id", id}, {"text", words}, {"again_in", again_in.count()}});
}
std::string encode_trouble(std::string_view words) {
    return text({{"type", "trouble"}, {"text", words}});
}
std::string encode_roster(const Config& config) {
    return text({{"type", "roster"},
                 {"brand", config.brand_name},
                 {"limit", config.limits.text},
                 {"staff", list(config.roster, [&](const RosterEntry& e) {
                      return json::object{{"name", e.name},
                                          {"full_name", e.full_name.empty() ? e.name : e.full_name},
                                          {"account", "web:" + config.realm + ":staff:" + e.name}};
                  })}});
}
std::string encode_desk(const RosterEntry& me, const std::string& realm, const std::vector<ShownCard>& cards,
                        const std::vector<ConversationSummary>& conversations) {
    return text(
        {{"type", "desk"},
         {"me", me.name},
         {"cards", list(cards, [&](const ShownCard& c) { return object(c, realm); })},
         {"conversations", list(conversations, [](const ConversationSummary& s) { return object(s); })}});
}
std::string encode_card(const ShownCard& shown, const std::string& realm, bool notify) {
    return text({{"type", "card"}, {"card", object(shown, realm)}, {"notify", notify}});
}
std::string encode_form(const Form& form, bool for_office) {
    return text({{"type", "form"},
                 {"form",
                  {{"id", form.id},
                   {"card", form.card},
                   {"title", form.title},
                   {"submit", form.submit},
                   {"text", form.text},
                   {"context", form.context},
                   {"for_office", for_office},
                   {"fields", list(form.fields, [](const FormField& f) {
                        return json::object{{"id", f.id},
                                            {"label", f.label},
                                            {"kind", word(f.kind)},
                                            {"hint", f.hint},
                                            {"required", f.required},
                                            {"value", f.value},
                                            {"options", to_json(f.options)}};
                    })}}}});
}
std::string encode_notice(const Notice& notice) {
    return text({{"type", "notice"}, {"action", notice.action}, {"text", notice.text}});
}
std::string encode_letters(const std::vector<std::string>& ids) {
    return text({{"type", "letters"}, {"ids", list(ids, [](const std::string& id) { return id; })}});
}
std::string encode_letter(const KeptLetter& letter, bool notify) {
    return text({{"type", "letter"},
                 {"notify", notify},
                 {"letter",
                  {{"id", letter.id},
                   {"at", number(letter.at)},
                   {"page", to_json(letter.page)},
                   {"picture", !letter.image.empty()},
                   {"picture_text", letter.image_text},
                   {"picture_title", letter.image_title}}}});
}
std::string encode_picture(const KeptLetter& letter) {
    return text({{"type", "picture"}, {"letter", letter.id}, {"png", letter.image}});
}
std::string encode_dismissed(std::string_view letter) {
    return text({{"type", "dismissed"}, {"letter", letter}});
}
std::string encode_asked(std::string_view id) {
    return text({{"type", "asked"}, {"id", id}});
}
std::string encode_page(const Page& page) {
    return text({{"type", "page"}, {"page", to_json(page)}});
}
std::string encode_form_errors(const std::map<std::string, std::string>& errors) {
    json::object fields;
    for (const auto& [field, words] : errors) fields[field] = words;
    return text({{"type", "form_errors"}, {"errors", std::move(fields)}});
}
std::string encode_transcript(std::string_view visitor, const std::vector<Line>& lines, bool whole) {
    return text({{"type", "transcript"}, {"channel", visitor}, {"lines", lines_of(lines)}, {"whole", whole}});
}
std::string encode_conversation(const ConversationSummary& summary) {
    return text({{"type", "conversation"}, {"conversation", object(summary)}});
}

}  // namespace rapport::web
