package io.edgecam.settings;

/** One camera: the device, the look of its pictures, what they are called, and what else makes it take some. */
public record CameraSettings(
        DeviceSettings device,
        LookSettings look,
        NamingSettings naming,
        ScheduleSettings schedule,
        MotionSettings motion,
        RingSettings ring) {}
