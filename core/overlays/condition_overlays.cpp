// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/condition_overlays.h"

#include "base/error.h"
#include "ranking/condition_map.h"

#include <algorithm>
#include <limits>
#include <mutex>

namespace nunatak::overlays {

namespace {

/// The conditions of a scene, once they are known; shared by its overlays and by threads.
class Conditions {
public:
    using Map = std::shared_ptr<const ranking::ConditionMap>;

    explicit Conditions(std::shared_ptr<const scene::SceneReader> scene) : m_scene(std::move(scene)) {}

    Map made(const Progress& progress) {
        const std::lock_guard making(m_making);
        if (auto map = known()) {
            return map;
        }
        auto map = std::make_shared<const ranking::ConditionMap>(ranking::conditionMap(*m_scene, progress));
        const std::lock_guard lock(m_mutex);
        m_map = map;
        return map;
    }
    Map known() const {
        const std::lock_guard lock(m_mutex);
        return m_map;
    }

private:
    std::shared_ptr<const scene::SceneReader> m_scene;
    std::mutex m_making;
    mutable std::mutex m_mutex;
    Map m_map;
};

const std::string& whyUnknown(const ranking::ConditionMap& map, ranking::Condition condition) {
    return condition == ranking::Snow     ? map.snowUnknown
           : condition == ranking::Shadow ? map.shadowUnknown
                                          : map.cloudUnknown;
}

Overlay overlayOf(const std::shared_ptr<Conditions>& conditions, ranking::Condition condition,
                  const std::string& key) {
    Overlay overlay;
    overlay.id = "condition:" + key;
    overlay.origin = Origin::Condition;
    overlay.key = key;
    overlay.quantity = Quantity::Flag;
    overlay.prepare = [conditions, condition](const Progress& progress) {
        const auto map = conditions->made(progress);
        if (!map->knows(condition)) {
            throw Error(whyUnknown(*map, condition));
        }
    };
    overlay.read = [conditions, condition](const geo::Grid& grid, const Progress& progress) {
        Image<float> values(1, grid.rows, grid.columns, std::numeric_limits<float>::quiet_NaN());
        const auto map = conditions->known();
        if (map == nullptr) {
            return values; // not prepared: nothing to see yet
        }
        const auto bits = ranking::onGrid(*map, grid, progress);
        std::transform(bits.values().begin(), bits.values().end(), values.values().begin(),
                       [condition](std::uint8_t bit) {
                           return (bit & condition) != 0 ? 1.0F : std::numeric_limits<float>::quiet_NaN();
                       });
        return values;
    };
    return overlay;
}

} // namespace

std::vector<Overlay> overlaysOfConditions(const std::shared_ptr<const scene::SceneReader>& scene) {
    if (scene->scene().bands("optical").empty()) {
        return {};
    }
    const auto conditions = std::make_shared<Conditions>(scene);
    return {overlayOf(conditions, ranking::Snow, "snow"),
            overlayOf(conditions, ranking::Shadow, "cast_shadow"),
            overlayOf(conditions, ranking::Cloud, "cloud")};
}

} // namespace nunatak::overlays
