package io.edgecam.settings;

import io.edgecam.json.Fields;

/** One camera: the device, the look of its pictures, what they are called, and what else makes it take some. */
public record CameraSettings(
        DeviceSettings device,
        LookSettings look,
        NamingSettings naming,
        ScheduleSettings schedule,
        MotionSettings motion,
        RingSettings ring) {
    static CameraSettings read(Fields in, SourceText sources) {
        return new CameraSettings(
                DeviceSettings.read(in, sources),
                LookSettings.read(in),
                NamingSettings.read(in),
                in.object("schedule", ScheduleSettings::read),
                in.object("motion", MotionSettings::read),
                RingSettings.read(in));
    }
}
