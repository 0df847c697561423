// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include "base/error.h"
#include "base/project_file.h"
#include "base/user_name.h"
#include "base/utf8.h"
#include "geo/shape_operations.h"
#include "project/outline_codec.h"
#include "project/project_impl.h"
#include "project/row_recognition.h"
#include "project/spatial_reference.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <thread>

namespace nunatak::project {

namespace {

/// How long to wait for another program that holds the file.
constexpr std::chrono::seconds openPatience{10};

void throwUnlessUsable(const geo::Crs& crs) {
    if (crs.empty() || !crs.isProjected() || std::abs(crs.metresPerUnit() - 1) > 1e-9 || crs.epsg() == 3857) {
        throw Error("A project needs a projected coordinate system in metres that keeps distances, not " +
                    (crs.empty() ? std::string("none") : crs.name()) +
                    ". Choose the UTM zone, such as --crs EPSG:32632.");
    }
}

} // namespace

Project::Project(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Project::~Project() = default;

void Project::make(const std::filesystem::path& file, const geo::Crs& crs, const scene::Scene* scene) {
    throwUnlessProjectName(file);
    throwUnlessUsable(crs);
    database::Transaction first;
    if (scene != nullptr) {
        first.scenes = {sceneRow(*scene, std::filesystem::absolute(file))};
    }
    database::Store::create(file, spatialReferenceOf(crs), {first});
}

std::unique_ptr<Project> Project::create(const std::filesystem::path& file, const geo::Crs& crs,
                                         const scene::Scene* scene) {
    make(file, crs, scene);
    return open(file);
}

std::unique_ptr<Project> Project::open(const std::filesystem::path& file, Access access,
                                       const std::function<void(const std::string&)>& waiting) {
    using namespace std::chrono_literals;
    const auto end = std::chrono::steady_clock::now() + openPatience;
    for (bool isFirst = true;; isFirst = false) {
        try {
            return openNow(file, access);
        } catch (const database::StoreBusy& busy) {
            if (isFirst && waiting) {
                waiting(busy.what());
            }
            if (std::chrono::steady_clock::now() >= end) {
                throw;
            }
        }
        std::this_thread::sleep_for(200ms);
    }
}

std::unique_ptr<Project> Project::openNow(const std::filesystem::path& file, Access access) {
    auto impl = std::make_unique<Impl>(std::filesystem::absolute(file), access);
    if (access == Access::ReadOnly) {
        database::Store store(impl->file, database::Store::Mode::ReadOnly);
        store.recogniseBy(recognition(store));
        impl->load(store);
        if (!database::WriterLock::writerOf(impl->file)) { // else it changes while it is read
            impl->unrecorded = impl->othersStep(store);
        }
        return std::unique_ptr<Project>(new Project(std::move(impl)));
    }
    // Told first, for "already open" says more than what follows from it.
    std::error_code missing;
    std::optional<database::WriterLock> lock;
    if (std::filesystem::is_regular_file(impl->file, missing)) {
        lock.emplace(impl->file);
    }
    auto store = std::make_unique<database::Store>(impl->file, database::Store::Mode::ReadWrite);
    store->recogniseBy(recognition(*store));
    std::vector<std::string> settled = store->settle();
    impl->load(*store);
    impl->analyst = userName();
    const auto others = impl->othersStep(*store);
    store->recogniseBy({}); // it is another thread's from here on
    std::vector<NewStep> migration = impl->planMigration(*store);
    impl->notes.insert(impl->notes.begin(), settled.begin(), settled.end());
    Impl& state = *impl;
    impl->saver =
        std::make_shared<Saver>(std::move(store), std::move(lock).value(), impl->addedColumns, [&state] {
            state.tell({Event::Kind::SavingChanged, {}, {}, {}});
        });
    if (others) {
        impl->log.add(fromRow(*others->rest.step));
        impl->saver->add(others);
    }
    impl->migrate(std::move(migration));
    return std::unique_ptr<Project>(new Project(std::move(impl)));
}

void Project::close(double seconds) {
    if (!m_impl->saver) {
        return;
    }
    m_impl->rescueBeforeEnd();
    const std::string problem = m_impl->saver->problem();
    const std::size_t lost = m_impl->saver->close(seconds);
    if (lost == 0 && (m_impl->saver->hasMoved() || m_impl->saver->isOverwritten())) {
        throw Error(m_impl->saver->problem());
    }
    if (lost > 0) {
        throw Error((lost == 1 ? "The last change" : "The last " + std::to_string(lost) + " changes") +
                    " of " + m_impl->file.string() + " could not be saved. " +
                    (problem.empty() ? m_impl->saver->problem() : problem));
    }
}

const std::filesystem::path& Project::file() const {
    return m_impl->file;
}

std::filesystem::path Project::filesPlace() const {
    return std::filesystem::path(m_impl->file).replace_extension(".files");
}

std::filesystem::path Project::filesFolder() const {
    const auto folder = filesPlace();
    std::error_code trouble;
    std::filesystem::create_directories(folder, trouble);
    if (trouble) {
        throw Error("The folder " + folder.string() + " cannot be made (" + trouble.message() +
                    "). Look at the rights of its parent folder.");
    }
    return folder;
}

const geo::Crs& Project::crs() const {
    return m_impl->crs;
}

bool Project::isReadOnly() const {
    return m_impl->access == Access::ReadOnly;
}

std::vector<std::string> Project::notes() const {
    return m_impl->notes;
}

const std::vector<scene::Scene>& Project::scenes() const {
    return m_impl->scenes;
}

const scene::Scene& Project::scene(const std::string& idOrName) const {
    const auto& scenes = m_impl->scenes;
    if (scenes.empty()) {
        throw Error("The project " + m_impl->file.string() + " has no scene. Add one first.");
    }
    if (idOrName.empty()) {
        // Of several of the same date, or without one, the last that was added.
        const auto newest = std::max_element(scenes.begin(), scenes.end(),
                                             [](const auto& a, const auto& b) { return a.date <= b.date; });
        return *newest;
    }
    if (const scene::Scene* found = m_impl->findScene(idOrName)) {
        return *found;
    }
    std::vector<std::string> names;
    const scene::Scene* named = nullptr;
    for (const scene::Scene& candidate : scenes) {
        if (candidate.name == idOrName) {
            named = &candidate;
        }
        names.push_back(candidate.name.empty() ? candidate.id : candidate.name);
    }
    if (named == nullptr) {
        throw Error("The project has no scene \"" + idOrName + "\". Its scenes are: " + listed(names) + ".");
    }
    return *named;
}

std::vector<outlines::LayerInfo> Project::layers() const {
    std::vector<outlines::LayerInfo> infos;
    for (const auto& layer : m_impl->layers) {
        infos.push_back(layer->info);
    }
    return infos;
}

const outlines::OutlineSet& Project::outlines(const std::string& layer) const {
    return m_impl->require(layer).outlines;
}

outlines::LayerInfo Project::layer(const std::string& name) const {
    return m_impl->require(name).info;
}

bool Project::hasLayer(const std::string& name) const {
    return m_impl->find(name) != nullptr;
}

std::string Project::freeLayerName(const std::string& base) const {
    return m_impl->freeName(base);
}

void Project::setAnalyst(const std::string& name) {
    m_impl->analyst = asUtf8(name);
}

const std::string& Project::analyst() const {
    return m_impl->analyst;
}

geo::MultiPolygon Project::computedRegion(const std::string& layer) const {
    // A layer is of one scene and model, so what an earlier run found outside of a later one's region stands.
    std::set<database::Bytes> regions;
    for (const database::RunRow* run : m_impl->runsOf(layer)) {
        regions.insert(run->region);
    }
    regions.erase(database::Bytes());
    std::vector<geo::MultiPolygon> shapes;
    for (const database::Bytes& region : regions) {
        shapes.push_back(geo::fromWkb(region));
    }
    return shapes.size() == 1 ? shapes.front() : geo::unionOf(shapes);
}

prediction::ComputedResult Project::computedResult(const std::string& layer) const {
    prediction::ComputedResult result;
    result.region = computedRegion(layer);
    std::set<std::filesystem::path> files;
    std::set<std::string> missing;
    for (const database::RunRow* run : m_impl->runsOf(layer)) {
        const auto found = prediction::qualityFilesOf(filesPlace(), run->scene, run->model,
                                                      run->modelFingerprint, run->settings);
        files.insert(found.begin(), found.end());
        if (found.empty()) {
            missing.insert(run->model);
        }
    }
    // Of several runs only some known would hide what the others found.
    if (missing.empty()) {
        result.quality.assign(files.begin(), files.end());
    }
    for (const std::string& model : missing) {
        result.notes.push_back("The flags of the prediction by " + model + " are not in \"" +
                               filesPlace().string() +
                               "\", so pixels for which it has no result cannot be told from background.");
    }
    return result;
}

std::string Project::settingsOfRun(const std::string& run) const {
    const auto found = std::find_if(m_impl->runs.begin(), m_impl->runs.end(),
                                    [&](const database::RunRow& row) { return row.id == run; });
    return found == m_impl->runs.end() ? std::string() : found->settings;
}

const std::vector<HistoryStep>& Project::history() const {
    return m_impl->log.steps();
}

std::shared_ptr<const PendingEdit> Project::unrecorded() const {
    return m_impl->unrecorded;
}

const std::vector<MergedStep>& Project::mergedSteps() const {
    return m_impl->mergedSteps;
}

std::optional<std::string> Project::setting(const std::string& key) const {
    const auto found = m_impl->settings.find(key);
    return found == m_impl->settings.end() ? std::nullopt : std::optional(found->second);
}

void Project::setSetting(const std::string& key, const std::string& text) {
    m_impl->throwUnlessWritable();
    if (const auto known = m_impl->settings.find(key);
        known != m_impl->settings.end() && known->second == text) {
        return;
    }
    m_impl->settings[key] = text;
    database::Transaction transaction;
    transaction.settings.emplace_back(key, text);
    m_impl->save(std::move(transaction));
}

bool Project::isSaved() const {
    return !m_impl->saver || m_impl->saver->saved();
}

std::string Project::savingProblem() const {
    m_impl->rescueIfOverwritten();
    return m_impl->saver ? m_impl->saver->problem() : std::string();
}

void Project::flush(double seconds, const std::function<void(const std::string&)>& waiting) const {
    if (m_impl->saver && !m_impl->saver->waitUntilSaved(seconds, waiting)) {
        m_impl->rescueIfOverwritten();
        const std::string problem = m_impl->saver->problem();
        throw Error(problem.empty() ? "The project " + m_impl->file.string() +
                                          " is still being saved. Wait a moment and try again."
                    : m_impl->saver->hasMoved() ? problem
                                                : "The project is not saved yet. " + problem);
    }
}

Project::Subscription Project::subscribe(std::function<void(const Event&)> listener) {
    return m_impl->listeners.add(std::move(listener));
}

} // namespace nunatak::project
