// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/row_recognition.h"

#include "base/error.h"
#include "project/outline_codec.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace nunatak::project {

namespace {

/// Outlines as the history left them, in the order in which they came in.
struct Remembered {
    std::vector<std::pair<std::string, std::int64_t>> outlines; ///< UUIDs and hashes
    std::size_t next = 0; ///< rows come in that order, too, so it is mostly the one after the last
    int tries = 0;
};

class Recognition {
public:
    explicit Recognition(database::Store& store) : m_store(store) {}

    std::string uuidOf(const std::string& layer, const database::FeatureRow& row) {
        if (row.wkb.empty()) {
            return {};
        }
        Remembered& remembered = of(layer);
        try {
            outlines::Outline outline = fromRow(row);
            constexpr int most = 100000; // a whole layer whose outlines are all others takes no minute
            for (std::size_t i = 0; i < remembered.outlines.size() && remembered.tries < most; ++i) {
                ++remembered.tries;
                const std::size_t at = (remembered.next + i) % remembered.outlines.size();
                const auto& [uuid, hash] = remembered.outlines[at];
                outline.uuid = uuid;
                if (stateOf(outline) == hash) {
                    remembered.next = at + 1;
                    return uuid;
                }
            }
        } catch (const Error&) { // it cannot be read, and is told as such
        }
        return {};
    }

private:
    Remembered& of(const std::string& layer) {
        if (!m_layers) {
            m_layers.emplace();
            std::map<std::pair<std::string, std::string>, std::int64_t> states;
            m_store.forEachLastState(
                [&](std::int64_t, const std::string& in, const std::string& uuid, auto hash) {
                    if (hash) {
                        states.emplace(std::pair(in, uuid), *hash);
                    }
                });
            m_store.forEachTouch([&](std::int64_t, const std::string& in, const std::string& uuid) {
                if (const auto state = states.find({in, uuid}); state != states.end()) {
                    (*m_layers)[in].outlines.emplace_back(uuid, state->second);
                    states.erase(state);
                }
            });
        }
        return (*m_layers)[layer];
    }

    database::Store& m_store;
    std::optional<std::map<std::string, Remembered>> m_layers; ///< read when it is asked for
};

} // namespace

database::Store::Recognise recognition(database::Store& store) {
    return [known = std::make_shared<Recognition>(store)](const std::string& layer,
                                                          const database::FeatureRow& row) {
        return known->uuidOf(layer, row);
    };
}

} // namespace nunatak::project
