// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window_impl.h"

#include "ui/ground/overlay_controller.h"
#include "ui/window/window_shell.h"

#include <QAction>

#include <array>
#include <utility>

namespace nunatak::ui::window {

using ground::OverlayController;

void MainWindow::Impl::connectConditions() {
    const std::array<std::pair<QAction*, QString>, 3> overlayByAction{
        {{viewActions->snow, QStringLiteral("condition:snow")},
         {viewActions->castShadow, QStringLiteral("condition:cast_shadow")},
         {viewActions->cloud, QStringLiteral("condition:cloud")}}};
    for (const auto& [action, id] : overlayByAction) {
        QObject::connect(action, &QAction::triggered, &window,
                         [this, id = id](bool on) { overlays->choose(on ? id : QString()); });
        QObject::connect(
            overlays.get(), &OverlayController::shownChanged, action,
            [action = action, id = id](const QString& shown) { action->setChecked(shown == id); });
    }
    QObject::connect(overlays.get(), &OverlayController::unknown, &window,
                     [this](const QString& sentence) { shell->say(sentence); });
}

} // namespace nunatak::ui::window
