// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_then.h"

#include "base/error.h"
#include "database/store.h"
#include "project/outline_codec.h"
#include "project/saver.h"

#include <algorithm>
#include <set>

namespace nunatak::project {

namespace {

using database::ReverseChange;
using outlines::OutlineRef;

class WayBack {
public:
    explicit WayBack(ProjectThen now) : m_then(std::move(now)) {}

    void comeBack(const outlines::LayerChange& change) {
        if (change.after || !change.before || find(change.before->name) != nullptr) {
            return;
        }
        const auto last = static_cast<int>(m_then.layers.size());
        const int place = change.place < 0 ? last : std::min(change.place, last);
        m_then.layers.insert(m_then.layers.begin() + place, {*change.before, {}});
    }

    void takeBack(std::int64_t step, const ReverseChange& change) {
        const OutlineRef ref{change.layer, change.uuid};
        m_then.changedSince.emplace_back(step, ref);
        LayerThen* layer = find(change.layer);
        if (layer == nullptr || m_unknown.contains(ref)) {
            return;
        }
        std::optional<OutlineHandle> earlier = before(change, layer->outlines.find(change.uuid));
        if (!earlier) {
            m_unknown.insert(ref);
            m_then.unknown.push_back(ref);
        } else if (*earlier) {
            layer->outlines.put(*std::move(earlier));
        } else {
            layer->outlines.remove(change.uuid);
        }
    }

    void goAgain(const outlines::LayerChange& change) {
        if (!change.after) {
            return;
        }
        if (LayerThen* layer = find(change.after->name); layer != nullptr && change.before) {
            layer->info = *change.before;
        } else if (layer != nullptr) {
            m_then.layers.erase(m_then.layers.begin() + (layer - m_then.layers.data()));
        }
    }

    ProjectThen take() { return std::move(m_then); }

private:
    LayerThen* find(const std::string& name) { return const_cast<LayerThen*>(m_then.find(name)); }

    ProjectThen m_then;
    std::set<OutlineRef> m_unknown;
};

void throwUnlessStep(const Project& project, std::int64_t step) {
    const auto& history = project.history();
    const bool isThere =
        step == 0 || std::any_of(history.begin(), history.end(),
                                 [step](const HistoryStep& known) { return known.id == step; });
    if (!isThere) {
        throw Error("The history of " + project.file().string() + " has no step " + std::to_string(step) +
                    (history.empty() ? ": it has none."
                                     : "; it has those from " + std::to_string(history.front().id) + " to " +
                                           std::to_string(history.back().id) + "."));
    }
}

void waitUntilSaved(const Project& project) {
    if (!project.isReadOnly()) {
        project.flush();
    }
}

/// `unrecorded`: what another program did that no step of the file says yet; none: nothing.
ProjectThen wayBack(ProjectThen now, const std::filesystem::path& file, std::int64_t step, std::int64_t last,
                    const std::shared_ptr<const PendingEdit>& unrecorded) {
    database::Store store(file, database::Store::Mode::ReadOnly);
    std::map<std::int64_t, std::vector<ReverseChange>> changes;
    if (unrecorded) {
        changes[last + 1].assign(unrecorded->rest.changes.rbegin(), unrecorded->rest.changes.rend());
    }
    store.forEachChangeAfter(step, [&](std::int64_t of, ReverseChange&& change) {
        if (of <= last) { // later than what was asked for
            changes[of].push_back(std::move(change));
        }
    });
    std::map<std::int64_t, std::vector<outlines::LayerChange>> layers;
    for (const std::int64_t of : store.layerStepsAfter(step)) {
        for (const database::LayerRowChange& row : store.layerChangesOf(of)) {
            layers[of].push_back(fromRow(row));
        }
        changes.try_emplace(of);
    }
    WayBack way(std::move(now));
    for (auto of = changes.rbegin(); of != changes.rend(); ++of) {
        auto& described = layers[of->first];
        std::reverse(described.begin(), described.end());
        for (const outlines::LayerChange& change : described) {
            way.comeBack(change);
        }
        for (const ReverseChange& change : of->second) {
            way.takeBack(of->first, change);
        }
        for (const outlines::LayerChange& change : described) {
            way.goAgain(change);
        }
    }
    return way.take();
}

} // namespace

const LayerThen* ProjectThen::find(const std::string& layer) const {
    const auto found = std::find_if(layers.begin(), layers.end(),
                                    [&](const LayerThen& known) { return known.info.name == layer; });
    return found == layers.end() ? nullptr : &*found;
}

outlines::OutlineHandle ProjectThen::find(const OutlineRef& outline) const {
    const LayerThen* layer = find(outline.layer);
    return layer == nullptr ? nullptr : layer->outlines.find(outline.uuid);
}

std::function<ProjectThen()> planThen(const Project& project, std::int64_t step) {
    throwUnlessStep(project, step);
    return [way = planWayBack(project), step] { return way(step); };
}

std::function<ProjectThen(std::int64_t step)> planWayBack(const Project& project) {
    waitUntilSaved(project);
    ProjectThen now;
    for (const outlines::LayerInfo& layer : project.layers()) {
        now.layers.push_back({layer, project.outlines(layer.name)});
    }
    const std::int64_t last = project.history().empty() ? 0 : project.history().back().id;
    return [now = std::move(now), file = project.file(), last,
            unrecorded = project.unrecorded()](std::int64_t step) {
        return step > last || (step == last && !unrecorded) ? now
                                                            : wayBack(now, file, step, last, unrecorded);
    };
}

std::function<Touched()> planTouched(const Project& project) {
    waitUntilSaved(project);
    return [file = project.file()] {
        Touched touched;
        database::Store(file, database::Store::Mode::ReadOnly)
            .forEachTouch([&](std::int64_t step, const std::string& layer, const std::string& uuid) {
                touched[step].push_back({layer, uuid});
            });
        return touched;
    };
}

std::function<std::vector<MergedStep>()> planMergedSteps(const Project& project, const OutlineRef& outline) {
    waitUntilSaved(project);
    return [file = project.file(), outline] {
        std::vector<MergedStep> steps;
        for (const database::MergedRow& row : database::Store(file, database::Store::Mode::ReadOnly)
                                                  .mergedStepsOf(outline.layer, outline.uuid)) {
            steps.push_back(fromRow(row));
        }
        return steps;
    };
}

} // namespace nunatak::project
