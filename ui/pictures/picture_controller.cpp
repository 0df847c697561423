// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pictures/picture_controller.h"

#include "base/error.h"
#include "geo/ground_scale.h"
#include "ui/base/file_question.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"
#include "ui/layers/layer_stack.h"
#include "ui/marginalia/overview_picture.h"
#include "ui/marginalia/view_overlay.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QApplication>
#include <QClipboard>

#include <cmath>

namespace nunatak::ui::pictures {

using layers::drawnOutlines;
using layers::styleOf;
using marginalia::colorScale;
using marginalia::overviewPicture;
using marginalia::ViewOverlay;
using session::ViewState;
using session::Workspace;
using viewport::Viewport;

namespace {

constexpr double pageMillimetres = 180; // two columns of a journal
constexpr int insetPixels = 512;

QString endingOf(figure::Format format) {
    switch (format) {
    case figure::Format::Png:
        return QStringLiteral("png");
    case figure::Format::Jpeg:
        return QStringLiteral("jpg");
    case figure::Format::Pdf:
        return QStringLiteral("pdf");
    case figure::Format::Svg:
        return QStringLiteral("svg");
    }
    return {};
}

} // namespace

PictureController::PictureController(Workspace& workspace, Viewport& viewport, const ViewOverlay& overlay,
                                     UserSettings& settings, QWidget* window)
    : QObject(window), m_workspace(workspace), m_viewport(viewport), m_overlay(overlay), m_settings(settings),
      m_window(window) {}

PictureRequest PictureController::usual() const {
    PictureRequest request;
    if (m_viewport.camera().isParallel()) {
        request.inMillimetres = true;
        request.width = pageMillimetres;
    } else {
        request.width = std::round(m_viewport.width() * m_viewport.devicePixelRatioF());
    }
    return request;
}

void PictureController::askForPicture(const std::vector<ViewState::Layer>& layers) {
    auto* dialog = owned<PictureDialog>(m_viewport.size(), m_viewport.camera().isParallel(),
                                        m_last.value_or(usual()), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, layers] {
        m_last = dialog->request();
        askForFile(*m_last, layers);
    });
    dialog->open();
}

void PictureController::askForFile(const PictureRequest& request,
                                   const std::vector<ViewState::Layer>& layers) {
    const auto ending = endingOf(request.format);
    FileQuestion question;
    question.purpose = QStringLiteral("picture");
    question.title = tr("Save picture as");
    question.filters = QStringList{tr("%1 (*.%2)").arg(ending.toUpper(), ending)};
    question.save = true;
    question.suffix = ending;
    question.suggested = m_workspace.session()->name() + QLatin1Char('.') + ending;
    askForFiles(m_window, m_settings, question,
                [this, request, layers](const QStringList& files) { save(files.front(), request, layers); });
}

figure::Figure PictureController::figureOf(const PictureRequest& request,
                                           const std::vector<ViewState::Layer>& layers,
                                           double& dotsPerInch) const {
    const auto& session = *m_workspace.session();
    figure::Figure result;
    result.furniture = request.furniture;
    const bool map = m_viewport.camera().isParallel();
    const double aspect = static_cast<double>(m_viewport.height()) / std::max(1, m_viewport.width());
    if (request.inMillimetres) {
        dotsPerInch = printDotsPerInch;
        result.page.setWidth(request.width * figure::unitsPerMillimetre);
    } else {
        // As large as in the window, only sharper.
        result.page.setWidth(m_viewport.width());
        dotsPerInch = figure::unitsPerInch * request.width / m_viewport.width();
    }
    result.page.setHeight(std::round(result.page.width() * aspect));
    if (map && request.furniture.graticule) {
        if (session.scene() != nullptr) {
            const auto& scene = session.scene()->scene();
            result.caption = QStringLiteral("%1 %2").arg(text(scene.sensor), text(scene.date)).trimmed();
        }
        result.caption +=
            (result.caption.isEmpty() ? QString() : QStringLiteral(" · ")) + text(session.crs().name());
    }
    result.frame = figure::frameOn(result.page, request.furniture, map, !result.caption.isEmpty());

    const auto camera = m_viewport.cameraFor(result.frame.size());
    const double scale = dotsPerInch / figure::unitsPerInch;
    const QSize pixels(static_cast<int>(std::lround(result.frame.width() * scale)),
                       static_cast<int>(std::lround(result.frame.height() * scale)));
    result.picture = map ? m_viewport.groundPicture(camera, pixels) : m_viewport.picture(pixels);
    if (result.picture.isNull()) {
        throw Error("The view cannot be drawn in this size. Choose a smaller width.");
    }
    const double mapUnits = camera.viewHeight / result.frame.height();
    const geo::Point middle{camera.target.x, camera.target.y};
    result.metresPerUnit = map ? mapUnits * geo::groundMetresPerUnit(session.crs(), middle)
                               : m_viewport.metresPerPixel() * m_viewport.width() / result.frame.width();
    result.north = m_overlay.trueNorth() - camera.heading;
    result.crs = session.crs();
    if (map) {
        result.map = figure::MapFrame{result.frame, middle, mapUnits, camera.heading};
        if (request.inMillimetres && !result.caption.isEmpty()) {
            result.caption +=
                QStringLiteral(" · ") + scaleText(result.metresPerUnit * figure::unitsPerInch / 0.0254);
        }
        if (request.furniture.inset) {
            result.inset = figure::Inset{};
            result.inset->picture = overviewPicture(m_viewport, insetPixels, result.inset->extent);
        }
    }
    for (const auto& legend : m_overlay.legends()) {
        result.scales.push_back(colorScale(legend));
    }
    result.reviews = m_overlay.reviews();
    for (const auto& layer : layers) {
        if (layer.visible) {
            const auto& project = session.project();
            const auto info = project.layer(layer.name.toStdString());
            const auto style = styleOf(layer, info.kind);
            result.layers.push_back({text(outlines::titleOf(info)), style.color, style.width,
                                     map ? drawnOutlines(project, layers, layer.name)
                                         : std::vector<outlines::OutlineSet::Handle>{},
                                     style.isReference});
        }
    }
    return result;
}

void PictureController::save(const QString& file, const PictureRequest& request,
                             const std::vector<ViewState::Layer>& layers) {
    if (m_workspace.session() == nullptr) {
        return;
    }
    m_workspace.attempt(tr("Save picture"), [&] {
        const auto known = figure::formatOf(file);
        if (!known) {
            throw Error(tr("%1 has not the ending of a picture. Choose .png, .jpg, .pdf or .svg.")
                            .arg(file)
                            .toStdString());
        }
        const auto format = *known;
        double dotsPerInch = figure::unitsPerInch;
        auto drawn = std::make_shared<const figure::Figure>(figureOf(request, layers, dotsPerInch));
        m_workspace.jobs().start<bool>(
            tr("Save picture"), jobs::Lane::Background,
            [drawn, file, format, dotsPerInch](const Progress& progress) {
                figure::write(*drawn, file, format, dotsPerInch, progress);
                return true;
            },
            {.succeeded = [this, file](bool&) { Q_EMIT done(tr("Picture saved to %1.").arg(file)); },
             .failed = {},
             .cancelled = {}});
    });
}

void PictureController::copy(const std::vector<ViewState::Layer>& layers) {
    if (m_workspace.session() == nullptr) {
        return;
    }
    m_workspace.attempt(tr("Copy picture"), [&] {
        PictureRequest request;
        request.width = std::round(m_viewport.width() * m_viewport.devicePixelRatioF());
        request.furniture.graticule = false;
        request.furniture.inset = false;
        double dotsPerInch = figure::unitsPerInch;
        auto drawn = std::make_shared<const figure::Figure>(figureOf(request, layers, dotsPerInch));
        m_workspace.jobs().start<QImage>(tr("Copy picture"), jobs::Lane::Background,
                                         [drawn, dotsPerInch](const Progress& progress) {
                                             return figure::image(*drawn, dotsPerInch, progress);
                                         },
                                         {.succeeded =
                                              [this](QImage& image) {
                                                  QApplication::clipboard()->setImage(image);
                                                  Q_EMIT done(
                                                      tr("The picture is on the clipboard, %1 × %2 pixels.")
                                                          .arg(image.width())
                                                          .arg(image.height()));
                                              },
                                          .failed = {},
                                          .cancelled = {}});
    });
}

} // namespace nunatak::ui::pictures
