// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenes/scene_thumbnails.h"

#include "base/error.h"
#include "base/whole_file.h"
#include "ui/base/format.h"
#include "ui/scenes/scene_panel.h"
#include "ui/scenes/scene_table.h"
#include "ui/session/drape_state.h"
#include "ui/session/workspace.h"
#include "ui/terrain/drape_baker.h"

#include <QBuffer>
#include <QPainter>
#include <QPointer>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

namespace nunatak::ui::scenes {

using session::drapeFor;
using session::JobQueue;
using session::Session;
using session::Workspace;

namespace {

/// Twice as many pixels as the table has, for screens that are as fine.
constexpr QSize thumbnailSize(2 * thumbnailWidth, 2 * thumbnailHeight);

/// Where the picture of a scene is kept; empty where nothing can be.
std::filesystem::path thumbnailFile(const project::Project& project, const std::string& id) {
    try {
        // An identity comes with the project, from anybody; as a name it stays in this folder.
        auto name = id;
        std::replace_if(
            name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '-');
        return project.isReadOnly() ? std::filesystem::path()
                                    : project.filesFolder() / "thumbnails" / (name.substr(0, 100) + ".png");
    } catch (const Error&) {
        return {};
    }
}

/// A picture is worth nothing that cannot be made again: what goes wrong here is no problem.
QImage thumbnailFrom(const std::filesystem::path& file, const scene::SceneReader& scene,
                     const Progress& progress) {
    if (QImage kept; !file.empty() && kept.load(text(file.string()))) {
        return kept;
    }
    const auto made = thumbnailOf(scene, thumbnailSize, progress);
    QBuffer png;
    if (std::error_code trouble; !file.empty() && made.save(&png, "png")) {
        std::filesystem::create_directories(file.parent_path(), trouble);
        try {
            writeWholeFile(file, {{png.data().constData(), static_cast<std::size_t>(png.size())}});
        } catch (const Error&) { // see above
        }
    }
    return made;
}

} // namespace

QImage thumbnailOf(const scene::SceneReader& scene, QSize size, const Progress& progress) {
    const auto& grid = scene.scene().grid;
    const double coarser =
        std::max({1.0, double(grid.columns) / size.width(), double(grid.rows) / size.height()});
    const auto target = grid.atPixelSize(grid.pixelSize * coarser);
    const auto style = drapeFor(scene.scene(), {.composite = {"ice", {}}});
    const auto& names = style.composite.bands;
    const std::set<std::string> each(names.begin(),
                                     names.end()); // a picture in grey has one band three times
    const std::vector<std::string> wanted(each.begin(), each.end());
    const auto bands = scene.read(style.composite.feature, wanted, target, progress);
    const auto rgba = terrain::paintedBands(bands, wanted, style);
    const QImage picture(rgba.data(), target.columns, target.rows, target.columns * 4,
                         QImage::Format_RGBA8888);
    QImage framed(size, QImage::Format_ARGB32_Premultiplied);
    framed.fill(Qt::transparent);
    QPainter painter(&framed);
    painter.drawImage((size.width() - picture.width()) / 2, (size.height() - picture.height()) / 2, picture);
    return framed;
}

SceneThumbnails::SceneThumbnails(Workspace& workspace, ScenePanel& panel, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_panel(panel) {
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        if (m_job != nullptr) {
            m_job->cancel();
            m_job.reset();
        }
        m_pictures.clear();
    });
}

void SceneThumbnails::setWanted(bool wanted) {
    m_wanted = wanted;
    refresh();
}

void SceneThumbnails::refresh() {
    for (const auto& [id, picture] : m_pictures) {
        show(id, picture);
    }
    makeNext();
}

void SceneThumbnails::show(const std::string& id, const QImage& picture) {
    if (!picture.isNull()) {
        auto shown = picture;
        shown.setDevicePixelRatio(2);
        m_panel.setThumbnail(id, shown);
    }
}

void SceneThumbnails::makeNext() {
    const QPointer<Session> session = m_workspace.session();
    if (!m_wanted || m_job != nullptr || session == nullptr) {
        return;
    }
    const auto& scenes = session->project().scenes();
    const auto next = std::find_if(scenes.begin(), scenes.end(),
                                   [this](const auto& scene) { return !m_pictures.contains(scene.id); });
    if (next == scenes.end()) {
        return;
    }
    const auto take = [this, session, id = next->id](const QImage& picture) {
        if (session == nullptr || session != m_workspace.session()) {
            return;
        }
        m_job.reset();
        m_pictures[id] = picture;
        show(id, picture);
        makeNext();
    };
    m_job = m_workspace.jobs().start<QImage>(
        tr("Draw a small picture"), jobs::Lane::Background,
        [scene = *next, file = thumbnailFile(session->project(), next->id),
         overviews = session->overviews()](const Progress& progress) {
            return thumbnailFrom(file, {scene, std::make_shared<raster::ReaderPool>(), overviews}, progress);
        },
        {.succeeded = [take](QImage& picture) { take(picture); },
         .failed = [take](const QString&) { take({}); }, // a scene that is gone has no picture
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

} // namespace nunatak::ui::scenes
