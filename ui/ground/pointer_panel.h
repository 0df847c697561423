// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QFormLayout;
class QLabel;

namespace nunatak::ui::ground {

/// A name and what is said of it.
struct NamedValue {
    QString name;
    QString value;
    bool operator==(const NamedValue&) const = default;
};

/// What is under the pointer: where, and what bands and layers say there.
class PointerPanel : public QWidget {
    Q_OBJECT

public:
    explicit PointerPanel(QWidget* parent = nullptr);

    /// Map coordinates, latitude and longitude, elevation.
    void setPlace(const std::vector<NamedValue>& place);
    void setLayers(const std::vector<NamedValue>& layers);
    void setBands(const std::vector<NamedValue>& bands);
    /// The pointer left the ground.
    void clear();
    /// The value shown beside a name, for those who look from outside; empty when there is none.
    QString value(const QString& name) const;

private:
    /// Some rows under a heading. Rows are used again, since they change with every move of the mouse.
    struct Section {
        QLabel* heading = nullptr;
        QWidget* body = nullptr;
        QFormLayout* form = nullptr;
        std::vector<NamedValue> rows;
    };
    Section addSection(const QString& title);
    void fill(Section& section, const std::vector<NamedValue>& rows);

    QLabel* m_hint = nullptr;
    Section m_place;
    Section m_layers;
    Section m_bands;
};

} // namespace nunatak::ui::ground
