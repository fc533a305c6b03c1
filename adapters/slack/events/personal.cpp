#include "adapters/slack/events/personal.hpp"

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/message.hpp"

namespace rapport::slack::events {

std::string_view to_string(Impersonal why) noexcept {
    switch (why) {
        case Impersonal::no:
            return "personal";
        case Impersonal::other_subtype:
            return "not a plain message";
        case Impersonal::hidden:
            return "hidden";
        case Impersonal::no_user:
            return "nobody in particular";
        case Impersonal::our_bot:
            return "our own";
        case Impersonal::slackbot:
            return "Slackbot's";
        case Impersonal::via_app:
            return "posted by an app";
        case Impersonal::not_staff:
            return "not by staff";
    }
    return "";
}

bool via_app(const json::object& message) noexcept {
    for (const std::string_view name : {"bot_id", "app_id"})
        if (!text(message, name).empty()) return true;
    return object_in(message, "bot_profile") != nullptr;
}

Impersonal personal(const json::object& message, const Installation& installation, Directory& directory,
                    const std::function<bool(const AccountKey&)>& staff, bool app_posts_count) {
    if (!says_something(text(message, "subtype"))) return Impersonal::other_subtype;
    if (flag(message, "hidden")) return Impersonal::hidden;
    const Id user = id_in(message, "user");
    if (user.empty()) return Impersonal::no_user;
    if (user == installation.bot_user || of_our_app(message, installation)) return Impersonal::our_bot;
    if (user == slackbot) return Impersonal::slackbot;
    if (via_app(message) && !app_posts_count) return Impersonal::via_app;
    const AccountKey author = directory.account_key(installation, user, said_team(message));
    return staff && staff(author) ? Impersonal::no : Impersonal::not_staff;
}

}  // namespace rapport::slack::events
