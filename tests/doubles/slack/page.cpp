#include "doubles/slack/page.hpp"

#include "doubles/slack/double.hpp"

namespace rapport::test::slack {

net::Response page(SlackDouble&, const net::Request&) {
    net::Response response;
    response.status = 404;
    response.body = "There is nothing here.\n";
    return response;
}

}  // namespace rapport::test::slack
