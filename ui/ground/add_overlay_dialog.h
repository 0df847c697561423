// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace nunatak::ui {
class UserSettings;
class PathField;
} // namespace nunatak::ui

namespace nunatak::ui::ground {

/// Asks for a raster file or for the address of a map service.
class AddOverlayDialog : public QDialog {
    Q_OBJECT

public:
    AddOverlayDialog(UserSettings& settings, QWidget* parent);

    QString fileOrAddress() const;

private:
    PathField* m_path = nullptr;
};

} // namespace nunatak::ui::ground
