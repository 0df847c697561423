// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/crs_choice.h"

#include "ui/base/format.h"

#include <QLineEdit>
#include <QSignalBlocker>

namespace nunatak::ui::exchange {

CrsChoice::CrsChoice(const geo::Crs& ofProject, QWidget* parent) : QComboBox(parent), m_ofProject(ofProject) {
    setObjectName(QStringLiteral("exportCrs"));
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    lineEdit()->setPlaceholderText(tr("such as EPSG:32632"));
    setToolTip(tr("Any that PROJ knows may be typed, such as EPSG:3413"));
}

void CrsChoice::reset(bool isLongitudeLatitude) {
    const QSignalBlocker quiet(this);
    clear();
    addItem(tr("Longitude and latitude, WGS 84 (EPSG:4326)"), QStringLiteral("EPSG:4326"));
    addItem(tr("The project's: %1").arg(text(m_ofProject.name())), text(m_ofProject.wkt()));
    setCurrentIndex(isLongitudeLatitude ? 0 : 1);
    setItemData(currentIndex(), QString());
}

std::string CrsChoice::chosen() const {
    const int known = findText(currentText()); // typing alone does not change the index
    return (known >= 0 ? itemData(known).toString() : currentText().trimmed()).toStdString();
}

} // namespace nunatak::ui::exchange
