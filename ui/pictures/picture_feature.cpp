// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pictures/picture_feature.h"

#include "ui/layers/layer_controller.h"
#include "ui/pictures/picture_controller.h"
#include "ui/session/shell.h"

namespace nunatak::ui::pictures {

using layers::LayerController;
using marginalia::ViewOverlay;
using session::MenuPlace;
using session::Needs;
using session::Shell;
using session::Workspace;
using viewport::Viewport;

PictureFeature::PictureFeature(Shell& shell, Workspace& workspace, Viewport& viewport,
                               const ViewOverlay& overlay, const LayerController& layers)
    : m_controller(std::make_unique<PictureController>(workspace, viewport, overlay, shell.settings(),
                                                       &shell.window())) {
    QObject::connect(m_controller.get(), &PictureController::done, &shell.window(),
                     [&shell](const QString& sentence) { shell.say(sentence); });
    shell.addAction(MenuPlace::Pictures, Needs::Project,
                    {"savePicture", "camera-photo", PictureController::tr("Save &picture…"),
                     QKeySequence(QStringLiteral("Ctrl+Shift+P")),
                     PictureController::tr("Save what the view shows as an image")},
                    [this, &layers] { m_controller->askForPicture(layers.layers()); });
    shell.addAction(MenuPlace::Pictures, Needs::Project,
                    {"copyPicture", "edit-copy", PictureController::tr("&Copy picture"),
                     QKeySequence(QStringLiteral("Ctrl+Shift+C")),
                     PictureController::tr("Copy what the view shows, with scale and legend")},
                    [this, &layers] { m_controller->copy(layers.layers()); });
}

PictureFeature::~PictureFeature() = default;

} // namespace nunatak::ui::pictures
