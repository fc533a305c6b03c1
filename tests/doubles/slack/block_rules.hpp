#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::test::slack {

/// Where blocks are shown: not every block may be everywhere.
enum class Surface { message, modal, home };

/// What is wrong, as Slack says it: "[ERROR] must be less than 76 characters [json-pointer:/blocks/0/text]".
using Complaints = std::vector<std::string>;

/// Everything that Slack would refuse about `blocks` (docs.slack.dev, Block Kit reference). `at` is the JSON
/// pointer of the array: "/blocks" or "/view/blocks". Pure.
Complaints check_blocks(const boost::json::value& blocks, Surface surface, std::string at);
/// The same for a whole view: modal or home.
Complaints check_view(const boost::json::value& view);
/// The same for an options answer to block_suggestion ({"options"} or {"option_groups"}).
Complaints check_suggestions(const boost::json::object& answer);

/// Unicode code points in valid UTF-8.
std::size_t code_points(std::string_view text) noexcept;

/// Shared by the files that check blocks, elements and views: collects complaints with their place.
class Checker {
public:
    explicit Checker(Surface where) noexcept : surface(where) {}
    void say(std::string_view at, std::string_view what) {
        wrong.push_back("[ERROR] " + std::string{what} + " [json-pointer:" + std::string{at} + "]");
    }

    /// The member of that name, which must be there; nullptr after a complaint.
    const boost::json::value* need(const boost::json::object& in, std::string_view name,
                                   const std::string& at);
    /// A plain string of `least` to `most` code points. Absent is fine unless `required`.
    void string(const boost::json::object& in, std::string_view name, const std::string& at, std::size_t most,
                bool required = false, std::size_t least = 1);
    /// A text object. `mrkdwn`: whether that type is allowed too.
    void text(const boost::json::object& in, std::string_view name, const std::string& at, std::size_t most,
              bool mrkdwn, bool required);
    void text_object(const boost::json::value& text, const std::string& at, std::size_t most, bool mrkdwn);
    /// An array of `least` to `most` items; nullptr after a complaint or if it is not there.
    const boost::json::array* array(const boost::json::object& in, std::string_view name,
                                    const std::string& at, std::size_t most, bool required,
                                    std::size_t least = 1);
    void boolean(const boost::json::object& in, std::string_view name, const std::string& at);
    void one_of(const boost::json::object& in, std::string_view name, const std::string& at,
                const std::set<std::string_view>& allowed, bool required);

    void confirm(const boost::json::object& element, const std::string& at);
    void options(const boost::json::object& element, const std::string& at, std::size_t most, bool groups,
                 bool mrkdwn);
    void option(const boost::json::value& option, const std::string& at, bool mrkdwn);
    /// An interactive element or image. `home` names the block type that it stands in.
    void element(const boost::json::value& element, const std::string& at, std::string_view home,
                 std::set<std::string>& action_ids);
    void rich_text(const boost::json::object& block, const std::string& at);
    void block(const boost::json::value& block, const std::string& at);
    void blocks(const boost::json::value& list, const std::string& at);
    void view(const boost::json::value& view);

    Surface surface;
    Complaints wrong{};
    bool has_input = false;
    std::set<std::string> block_ids{};
    std::size_t markdown_length = 0;  ///< Code points in markdown blocks so far.
};

/// The string of that name, or an empty view.
std::string_view text_of(const boost::json::object& in, std::string_view name) noexcept;

}  // namespace rapport::test::slack
