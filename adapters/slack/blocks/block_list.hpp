#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::slack::blocks {

enum class Place { message, view };

/// The blocks of one message or view: no more than Slack takes, each with an id of its own. What is too much
/// is left out from the end, and a last block says how much.
class BlockList {
public:
    explicit BlockList(Place place) : place_(place) {}

    /// `id` names the block; empty: it is numbered. The second of a name gets a suffix.
    void add(boost::json::object block, std::string id = {});
    /// Blocks that stand at the end and are the last to be left out: the buttons of a card. Adds what it is
    /// given in actions blocks of 25; `id(k)` names the k-th.
    void add_actions(std::vector<boost::json::object> elements, const std::vector<std::string>& ids = {});
    void add_last_actions(std::vector<boost::json::object> elements, const std::vector<std::string>& ids);
    /// Counted in the last block as well.
    void left_out(std::size_t parts) { left_out_ += parts; }

    bool empty() const noexcept { return blocks_.empty() && last_.empty(); }
    /// Never empty.
    boost::json::array take();

private:
    struct Block {
        boost::json::object json{};
        std::string id{};
        std::size_t weight = 0;
    };
    void add_to(std::vector<Block>& blocks, boost::json::object block, std::string id);
    std::size_t weigh(const boost::json::object& block) const;
    std::string unique(std::string id);

    Place place_;
    std::vector<Block> blocks_{};
    std::vector<Block> last_{};
    std::set<std::string, std::less<>> ids_{};
    std::size_t left_out_ = 0;
};

}  // namespace rapport::slack::blocks
