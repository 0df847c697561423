// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/add_overlay_dialog.h"

#include "ui/base/owned.h"
#include "ui/base/path_field.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace nunatak::ui::ground {

AddOverlayDialog::AddOverlayDialog(UserSettings& settings, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("addOverlayDialog"));
    setWindowTitle(tr("Lay a raster over the picture"));
    FileQuestion question;
    question.purpose = QStringLiteral("overlay");
    question.title = tr("Raster");
    question.filters = QStringList{tr("Rasters (*.tif *.tiff *.TIF *.vrt *.img *.jp2 *.nc *.png *.xml)"),
                                   tr("All files (*)")};
    m_path = owned<PathField>(settings, question);
    m_path->setObjectName(QStringLiteral("overlayFile"));
    auto* hint = owned<QLabel>(
        tr("A raster file, such as velocity or a change of elevation; the address of a map service (WMS or "
           "WMTS), whose layers then stand in the list; the address of map tiles: https://…/{z}/{x}/{y}.png; "
           "or anything else GDAL opens"));
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto* buttons = owned<QDialogButtonBox>(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    auto* accept = buttons->button(QDialogButtonBox::Ok);
    accept->setEnabled(false);
    connect(m_path, &PathField::changed, this,
            [this, accept] { accept->setEnabled(!fileOrAddress().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = owned<QVBoxLayout>(this);
    layout->addWidget(m_path);
    layout->addWidget(hint);
    layout->addStretch(1);
    layout->addWidget(buttons);
    resize(560, 160);
}

QString AddOverlayDialog::fileOrAddress() const {
    return m_path->path();
}

} // namespace nunatak::ui::ground
