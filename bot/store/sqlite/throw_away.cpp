#include "bot/store/sqlite/throw_away.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "bot/store/sqlite/sqlite_store.hpp"

namespace rapport {

namespace {

/// The store is closed first, then its folder is removed.
class ThrowAway {
public:
    ThrowAway() = default;
    ThrowAway(const ThrowAway&) = delete;
    ThrowAway& operator=(const ThrowAway&) = delete;
    ~ThrowAway() {
        store_.reset();
        std::error_code ignored;
        if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
    }

    Result<> open(std::string_view what) {
        std::error_code error;
        const std::filesystem::path where = std::filesystem::temp_directory_path(error);
        std::string name = (where / fmt::format("rapport-{}-XXXXXX", what)).string();
        if (error || !::mkdtemp(name.data()))
            return Error{ErrorKind::transient,
                         fmt::format("Could not make a throw-away store in {}: {}. Make room there, or set "
                                     "TMPDIR to a folder that has some.",
                                     where.string(), error ? error.message() : std::strerror(errno))};
        folder_ = name;
        SqliteOptions options;
        options.path = (folder_ / "store.db").string();
        options.full_sync = false;
        Result<std::unique_ptr<Store>> opened = open_sqlite(options);
        if (!opened) return opened.error();
        store_ = std::move(*opened);
        return {};
    }
    Store* store() const noexcept { return store_.get(); }

private:
    std::filesystem::path folder_{};
    std::unique_ptr<Store> store_{};
};

}  // namespace

Result<std::shared_ptr<Store>> open_throw_away(std::string_view what) {
    const auto made = std::make_shared<ThrowAway>();
    if (Result<> opened = made->open(what); !opened) return opened.error();
    return std::shared_ptr<Store>{made, made->store()};
}

}  // namespace rapport
